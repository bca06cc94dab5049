// plain_page — nothing in it is loaded or run.
#include "api/render/plain_page.hpp"

namespace highseas::api {

http::Response plain_page(const Call& call, std::string_view title, const std::string& main) {
  http::Response response;
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  response.headers.set("Content-Security-Policy",
                       "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  response.headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  response.headers.set("Vary", "Accept-Language");
  response.body = "<!doctype html>\n<html lang=\"";
  response.body += call.language() == Language::zh ? "zh-CN" : "en";
  response.body +=
      "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n"
      "<title>";
  response.body += title;
  response.body += "</title></head>\n<body><main>" + main + "</main></body></html>\n";
  return response;
}

}  // namespace highseas::api
