// get_welcome — GET /: what this is and where its description lies, until the web client stands here.
#include "api/handlers.hpp"
#include "api/render/plain_page.hpp"

namespace highseas::api {
namespace {

constexpr std::string_view kZh = R"(<h1>公海 Highseas</h1>
<p>以事件日志为唯一事实来源的客户关系管理系统。服务已启动。</p>
<p>接口一览：<a href="/docs">/docs</a>；完整描述：<a href="/openapi.json">/openapi.json</a>；地址以 <code>/v1</code> 开头。</p>
<p>就绪状态：<a href="/readyz">/readyz</a>；指标：<a href="/metrics">/metrics</a>。</p>
)";

constexpr std::string_view kEn = R"(<h1>Highseas</h1>
<p>A CRM whose source of truth is a log of events. The server is running.</p>
<p>Its API at a glance: <a href="/docs">/docs</a>; in full: <a href="/openapi.json">/openapi.json</a>; addresses begin
with <code>/v1</code>.</p>
<p>Readiness: <a href="/readyz">/readyz</a>; figures: <a href="/metrics">/metrics</a>.</p>
)";

}  // namespace

void get_welcome(App&, const CallPtr& call) {
  const bool zh = call->language() == Language::zh;
  call->respond(plain_page(*call, zh ? "公海 Highseas" : "Highseas", std::string(zh ? kZh : kEn)));
}

}  // namespace highseas::api
