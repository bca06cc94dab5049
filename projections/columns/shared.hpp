// shared — a counted pointer to what a state and its snapshots share: written only by whoever holds it alone.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace highseas::projections {

// What Shared counts. Copies start with a count of their own.
class Counted {
 public:
  Counted() = default;
  Counted(const Counted&) {}
  Counted& operator=(const Counted&) { return *this; }

 private:
  template <class T>
  friend class Shared;
  mutable std::atomic<std::uint32_t> count_{0};
};

// std::shared_ptr can't say safely that nobody else holds it: its count is read without ordering, so that a reader's
// last look might come after the writer's first change.
template <class T>
class Shared {
 public:
  Shared() = default;
  explicit Shared(T* fresh) : pointer_(fresh) { hold(); }
  Shared(const Shared& other) : pointer_(other.pointer_) { hold(); }
  Shared(Shared&& other) noexcept : pointer_(std::exchange(other.pointer_, nullptr)) {}
  Shared& operator=(Shared other) noexcept {
    std::swap(pointer_, other.pointer_);
    return *this;
  }
  ~Shared() {
    if (pointer_ && pointer_->count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete pointer_;
  }

  explicit operator bool() const { return pointer_ != nullptr; }
  const T* get() const { return pointer_; }
  const T& operator*() const { return *pointer_; }
  const T* operator->() const { return pointer_; }

  // For writing: made when there is none, copied first when somebody else holds it too.
  T& own() {
    if (!pointer_) {
      *this = Shared(new T());
    } else if (pointer_->count_.load(std::memory_order_acquire) != 1) {
      *this = Shared(new T(*pointer_));
    }
    return *pointer_;
  }

 private:
  void hold() {
    if (pointer_) pointer_->count_.fetch_add(1, std::memory_order_relaxed);
  }

  T* pointer_ = nullptr;
};

}  // namespace highseas::projections
