#include "cli/demo/house.h"

#include "cli/demo/routes.h"
#include "document/agreement_page.h"
#include "document/receipt_page.h"
#include "document/statement.h"
#include "http/server.h"

namespace puntual::cli::demo {
namespace {

// The morning's messages have gone out, and the first answers are coming.
constexpr auto kOpensToVisitorsMs = static_cast<int32_t>(9 * kHourMs + 30 * kMinuteMs);

// What the door works with: the texts and rules of the world, but chance of its own.
Desk desk_beside(const Desk& of_world, Random& random) {
  return {.templates = of_world.templates,
          .strategies = of_world.strategies,
          .random = random,
          .settings = of_world.settings,
          .law = of_world.law,
          .providers = of_world.providers,
          .charges = of_world.charges,
          .print = [](const Statement& statement) { return document::print_statement(statement); },
          .print_agreement =
              [](const AgreementPaper& paper) { return document::print_agreement(paper); },
          .print_receipt = [](const Receipt& receipt) { return document::print_receipt(receipt); }};
}

}  // namespace

Result<uint16_t> find_port(uint16_t wanted) {
  ASSIGN_OR_RETURN(const auto server, http::Server::start(http::Router(), {.port = wanted}));
  const std::string url = server->base_url();
  server->stop();
  return static_cast<uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
}

Result<std::unique_ptr<House>> House::open(const HouseOptions& options) {
  std::unique_ptr<House> house(new House);
  RETURN_IF_ERROR(house->furnish(options));
  return house;
}

// Who asks goes before what is asked.
House::~House() {
  if (service_) service_->stop();
  stage_.reset();
}

Result<void> House::furnish(const HouseOptions& options) {
  RETURN_IF_ERROR(
      counter_.open(fmt::format("http://127.0.0.1:{}", options.port), options.play.seed));
  PlayOptions play = options.play;
  play.counter = &counter_;
  ASSIGN_OR_RETURN(stage_, Stage::open(play));
  const Zone zone = stage_->play().home_zone();
  RETURN_IF_ERROR(stage_->play().advance(zone.instant(play.from, kOpensToVisitorsMs)));
  ASSIGN_OR_RETURN(store::User visitor, make_visitor());

  Config config;
  config.data_dir = options.folder;
  config.database_url = "sqlite:" + play.database_path;
  config.listen = fmt::format("127.0.0.1:{}", options.port);
  config.whatsapp.base_url =
      counter_.base_url();  // Nobody is there: what is sent goes to the world's platform.
  config.payments = counter_.settings();
  config.requires_second_factor = false;
  config.creditor = stage_->play().creditor();
  ServiceSecrets secrets;
  secrets.api_token = options.api_token;
  service_.emplace(std::move(config), std::move(secrets), stage_->play().share_store(),
                   desk_beside(stage_->play().desk(), random_), counter_.clock());
  service_->ask_through(counter_.of_page());
  service_->show_phones_of(*stage_);
  service_->welcome(std::move(visitor), [this] { stage_->wake(); });
  service_->when_noticed([this] { stage_->wake(); });
  service_->also_open([this](http::Router& router) {
    add_routes(router, *stage_, worker_, [this] { begin_again_ = true; });
    add_provider_routes(router, counter_);
  });
  RETURN_IF_ERROR(service_->open_door());
  stage_->start([this](Instant now) { service_->tell_pages(now); });
  return {};
}

// A real account, whose password nobody knows.
Result<store::User> House::make_visitor() {
  const auto store = stage_->play().share_store();
  const Creditor& creditor = stage_->play().creditor();
  const Instant now = stage_->play().now();
  ASSIGN_OR_RETURN(const std::string token, store->write([&](Tx& tx) {
    return make_setup_token(tx, creditor.id, 0, "demo", now);
  }));
  ASSIGN_OR_RETURN(SignedIn in, set_up_house(*store, creditor,
                                             {.token = token,
                                              .name = "Visita",
                                              .email = "visita@example.com",
                                              .password = new_token(),
                                              .device = {}},
                                             now));
  return std::move(in.user);
}

}  // namespace puntual::cli::demo
