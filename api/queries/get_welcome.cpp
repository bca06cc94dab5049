// get_welcome — GET /: what this is and where its description lies, until the web client stands here.
#include "api/handlers.hpp"

namespace highseas::api {
namespace {

constexpr std::string_view kZh = R"(<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>公海 Highseas</title></head>
<body><main><h1>公海 Highseas</h1>
<p>以事件日志为唯一事实来源的客户关系管理系统。服务已启动。</p>
<p>接口描述：<a href="/openapi.json">/openapi.json</a>；接口地址以 <code>/v1</code> 开头。</p>
<p>就绪状态：<a href="/readyz">/readyz</a>；指标：<a href="/metrics">/metrics</a>。</p>
</main></body></html>
)";

constexpr std::string_view kEn = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Highseas</title></head>
<body><main><h1>Highseas</h1>
<p>A CRM whose source of truth is a log of events. The server is running.</p>
<p>Its API is described by <a href="/openapi.json">/openapi.json</a>; addresses begin with <code>/v1</code>.</p>
<p>Readiness: <a href="/readyz">/readyz</a>; figures: <a href="/metrics">/metrics</a>.</p>
</main></body></html>
)";

}  // namespace

void get_welcome(App&, const CallPtr& call) {
  http::Response response;
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  response.headers.set("Content-Security-Policy",
                       "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  response.headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  response.headers.set("Vary", "Accept-Language");
  response.body = call->language() == Language::zh ? kZh : kEn;
  call->respond(std::move(response));
}

}  // namespace highseas::api
