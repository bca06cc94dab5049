// test_server.cpp — the handler behind the server tests.
#include "tests/api_http/test_server.hpp"

#include <algorithm>
#include <stdexcept>

namespace highseas::tests {

using api::http::Request;
using api::http::Responder;
using api::http::Response;

TestServer::TestServer(api::http::ServerOptions options) {
  server_ = std::make_unique<api::http::Server>(std::move(options), [this](Request request, Responder responder) {
    handle(std::move(request), std::move(responder));
  });
  const auto started = server_->start();
  if (!started) {
    throw std::runtime_error(started.error());
  }
  delays_ = std::thread([this] { run_delays(); });
}

TestServer::~TestServer() {
  server_->stop();
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
  delays_.join();
}

void TestServer::handle(Request request, Responder responder) {
  const auto figure = [&](std::string_view name) {
    return std::stoul(std::string(request.query.find(name).value_or("0")));
  };
  if (request.path == "/hello") {
    responder(Response::text(200, "hello"));
  } else if (request.path == "/echo") {
    std::string text = request.method + " " + request.path;
    for (const auto& [name, value] : request.query) {
      text += " " + name + "=" + value;
    }
    responder(Response::text(200, text + "\n" + request.body));
  } else if (request.path == "/big") {
    responder(Response::text(200, std::string(figure("bytes"), 'b')));
  } else if (request.path == "/held") {
    const std::lock_guard lock(mutex_);
    held_.push_back({std::move(request), std::move(responder)});
    changed_.notify_all();
  } else if (request.path == "/later") {
    const std::chrono::milliseconds after(figure("ms"));
    answer_later(std::move(responder), after, std::string(request.query.find("say").value_or("later")));
  } else if (request.path == "/drop") {
    return;
  } else if (request.path == "/throw") {
    throw std::runtime_error("a secret of the inside");
  } else if (request.path == "/close") {
    auto response = Response::text(200, "last");
    response.close = true;
    responder(std::move(response));
  } else if (request.path == "/empty") {
    responder(Response{.status = 204, .headers = {}, .body = "never sent", .close = false});
  } else {
    responder(Response::text(404, "none"));
  }
}

void TestServer::answer_later(Responder responder, std::chrono::milliseconds after, std::string body) {
  const std::lock_guard lock(mutex_);
  delayed_.push_back({std::chrono::steady_clock::now() + after, std::move(responder), std::move(body)});
  changed_.notify_all();
}

void TestServer::run_delays() {
  std::unique_lock lock(mutex_);
  while (!ending_) {
    const auto next = std::ranges::min_element(delayed_, {}, &Delayed::due);
    if (next == delayed_.end()) {
      changed_.wait(lock);
    } else if (next->due > std::chrono::steady_clock::now()) {
      const auto due = next->due;
      changed_.wait_until(lock, due);
    } else {
      Delayed now = std::move(*next);
      delayed_.erase(next);
      lock.unlock();
      now.responder(Response::text(200, now.body));
      lock.lock();
    }
  }
}

TestServer::Held TestServer::take_held() {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, 10s, [&] { return !held_.empty(); })) {
    throw std::runtime_error("no request is held");
  }
  Held held = std::move(held_.front());
  held_.pop_front();
  return held;
}

}  // namespace highseas::tests
