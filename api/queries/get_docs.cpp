// get_docs — GET /docs: every address of the API with what it is for, out of the route table.
#include "api/handlers.hpp"
#include "api/render/plain_page.hpp"

namespace highseas::api {
namespace {

struct Words {
  std::string_view title, intro, method, address, purpose;
};

constexpr Words kZh{"接口一览 — Highseas",
                    "完整描述（参数、正文、错误）见 <a href=\"/openapi.json\">/openapi.json</a>；"
                    "登录后带上凭证再取，还会包含贵企业自己的字段。",
                    "方法", "地址", "用途"};
constexpr Words kEn{"The API at a glance — Highseas",
                    "Parameters, bodies and errors stand in <a href=\"/openapi.json\">/openapi.json</a>; fetched with "
                    "credentials it tells your company's own fields too.",
                    "Method", "Address", "What for"};

std::string row(std::string_view tag, std::string_view method, std::string_view address, std::string_view purpose) {
  std::string text = "<tr>";
  for (const auto cell : {method, address, purpose}) {
    text.append("<").append(tag).append(">").append(cell).append("</").append(tag).append(">");
  }
  return text + "</tr>\n";
}

}  // namespace

void get_docs(App&, const CallPtr& call) {
  const bool zh = call->language() == Language::zh;
  const auto& words = zh ? kZh : kEn;
  std::string main = "<h1>" + std::string(words.title) + "</h1>\n<p>" + std::string(words.intro) + "</p>\n<table>\n";
  main += row("th", words.method, words.address, words.purpose);
  for (const auto& route : routes()) {
    main += row("td", route.method, route.pattern, zh ? route.summary_zh : route.summary_en);
  }
  call->respond(plain_page(*call, words.title, main + "</table>\n"));
}

}  // namespace highseas::api
