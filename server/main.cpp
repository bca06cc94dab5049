// main — flags, wiring, signals, subcommands of the server.
#include <CLI/CLI.hpp>

#include "server/serve.hpp"
#include "server/verify.hpp"

int main(int argc, char** argv) {
  CLI::App app{
      "Highseas（公海）: a CRM whose source of truth is a log of events.\n"
      "Every flag has an environment variable of the same name: --data is HIGHSEAS_DATA."};
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string("highseas ") + highseas::server::kVersion);

  highseas::server::ServeOptions serve;
  auto* serving = app.add_subcommand("serve", "serve a data directory over HTTP until SIGTERM");
  serving->add_option("--data", serve.data, "the data directory; made where it is not there")
      ->envname("HIGHSEAS_DATA")
      ->required();
  serving->add_option("--listen", serve.listen, "address and port")->envname("HIGHSEAS_LISTEN")->capture_default_str();
  serving
      ->add_option("--keys", serve.keys,
                   "where the server's key lies; losing it is losing every sealed value [DATA/keys]")
      ->envname("HIGHSEAS_KEYS");
  serving
      ->add_option("--test-clock", serve.test_clock,
                   "a time such as 2026-01-01T00:00:00Z: on an empty directory time stands there until it is advanced")
      ->envname("HIGHSEAS_TEST_CLOCK");
  serving->add_option("--public-url", serve.public_url, "of links in answers, such as invitations")
      ->envname("HIGHSEAS_PUBLIC_URL");
  serving->add_flag("--allow-plain-http", serve.allow_plain_http, "listen beyond loopback without TLS in front")
      ->envname("HIGHSEAS_ALLOW_PLAIN_HTTP");

  highseas::server::VerifyCommand verify;
  auto* verifying = app.add_subcommand("verify", "read every family and file, and name what is damaged (exit 1)");
  verifying->add_option("--data", verify.data, "the data directory, of a running server too")
      ->envname("HIGHSEAS_DATA")
      ->required();
  verifying->add_option("--keys", verify.keys, "where the server's key lies [DATA/keys]")->envname("HIGHSEAS_KEYS");
  verifying->add_flag("--json", verify.json, "one object");

  highseas::server::SalvageCommand salvage;
  auto* salvaging = app.add_subcommand("salvage", "copy the longest verified prefix into a new directory");
  salvaging->add_option("--data", salvage.from, "the damaged data directory")->envname("HIGHSEAS_DATA")->required();
  salvaging->add_option("--to", salvage.to, "the new one; must not exist")->required();

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;  // --help and --version end so too
  }
  if (serving->parsed()) return highseas::server::run_serve(serve);
  if (verifying->parsed()) return highseas::server::run_verify(verify);
  return highseas::server::run_salvage(salvage);
}
