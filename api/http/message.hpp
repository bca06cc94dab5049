// message.hpp — an HTTP request and an HTTP answer as plain values, free of any server's types.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace highseas::api::http {

/// Header lines in the order in which they came; names compare without case.
class Headers {
 public:
  using Line = std::pair<std::string, std::string>;

  /// The first value of `name`, or nothing. The view lives as long as this object is not changed.
  std::optional<std::string_view> find(std::string_view name) const;
  bool contains(std::string_view name) const { return find(name).has_value(); }
  /// How many lines carry `name`.
  std::size_t count(std::string_view name) const;
  /// Appends a line, keeping those of the same name.
  void add(std::string name, std::string value) { lines_.emplace_back(std::move(name), std::move(value)); }
  /// Makes `value` the only one of `name`.
  void set(std::string_view name, std::string value);
  void erase(std::string_view name);

  const std::vector<Line>& lines() const { return lines_; }
  auto begin() const { return lines_.begin(); }
  auto end() const { return lines_.end(); }
  std::size_t size() const { return lines_.size(); }

 private:
  std::vector<Line> lines_;
};

/// Whether two header names are the same (ASCII, without case).
bool same_name(std::string_view left, std::string_view right);

/// One decoded `name=value` of the query string.
struct QueryItem {
  std::string name;
  std::string value;

  friend bool operator==(const QueryItem&, const QueryItem&) = default;
};

/// The query string's pairs in their order; a name may come more than once.
class Query {
 public:
  /// The first value of `name`, or nothing.
  std::optional<std::string_view> find(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  void add(std::string name, std::string value) { items_.push_back({std::move(name), std::move(value)}); }

  const std::vector<QueryItem>& items() const { return items_; }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  bool empty() const { return items_.empty(); }

 private:
  std::vector<QueryItem> items_;
};

/// Everything of a request that is known before its body.
struct RequestHead {
  /// As sent, e.g. `GET`; any token, upper and lower case are different.
  std::string method;
  /// The request target as sent, e.g. `/v1/customers?limit=5`.
  std::string target;
  /// The target's path, percent-decoded: begins with `/`, is valid UTF-8, has no segment `.` or `..` and no NUL.
  std::string path;
  Query query;
  Headers headers;
  /// The peer's address without its port, e.g. `127.0.0.1` or `::1`.
  std::string remote_address;
};

struct Request : RequestHead {
  /// The whole body, transfer codings removed.
  std::string body;
};

struct Response {
  int status = 200;
  /// `Content-Length`, `Connection`, `Date`, `X-Content-Type-Options` and `Referrer-Policy` are added by the server;
  /// what is said here of the last two wins, the first three are always the server's. Never pass outside text into a
  /// header value unchecked: a line with a control character is left out.
  Headers headers;
  std::string body;
  /// Ends the connection after this answer.
  bool close = false;

  static Response text(int status, std::string body);
  static Response json(int status, std::string body);
};

/// The reason phrase of a status (`404` → `Not Found`), or an empty one.
std::string_view reason_phrase(int status);

}  // namespace highseas::api::http
