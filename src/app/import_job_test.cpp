// What an import remembers of how files are read, and what it tells of a file that it cannot read
// yet.
#include "app/import_job.h"

#include "app/input_file.h"
#include "app/invoice_job.h"
#include "app/saved_view_job.h"
#include "app/test_house.h"
#include "sheet/write.h"

namespace puntual {
namespace {

class ImportJobTest : public JobHouse {
 protected:
  json::value run(std::string_view bytes, ImportJob job) {
    const auto report = run_import_job(*store, *desk, creditor, bytes, job, now);
    if (!report) ADD_FAILURE() << report.error().message;
    return parse_json(report.value_or("{}")).value_or(json::value());
  }
  // Of a system that calls the balance what nobody else does.
  static constexpr std::string_view kOdd =
      "Cliente;Documento;Celular;Factura;Vence;Valor;Pendientico\nAna;10.000.001;+573000000001;F-1;"
      "24/11/2026;150,00;100,00\n";
  static constexpr std::string_view kSaid =
      "[[column]]\nheader = \"Pendientico\"\nfield = \"balance\"\n";
  int64_t balance(std::string_view number) {
    return store
        ->read(
            [&](Tx& tx) { return tx.invoices.find_by_number(creditor.id, number)->balance_minor; })
        .value_or(-1);
  }
};

TEST_F(ImportJobTest, AMappingIsRememberedForFilesWithTheSameTitlesOnceItWasApplied) {
  EXPECT_FALSE(member(run(kOdd, {.mapping = std::string(kSaid), .dry_run = true}), "remembered")
                   ->get_bool());
  EXPECT_FALSE(member(run(kOdd, {.dry_run = true}), "remembered")->get_bool())
      << "a rehearsal leaves nothing";
  run(kOdd, {.mapping = std::string(kSaid)});
  EXPECT_EQ(balance("F-1"), 100'00);
  const std::string next =
      "Cliente;Documento;Celular;Factura;Vence;Valor;Pendientico\nLuis;10.000.002;+573000000002;F-"
      "2;24/11/2026;150,00;70,00\n";
  const auto report = run(next, {});
  EXPECT_TRUE(member(report, "remembered")->get_bool());
  EXPECT_EQ(balance("F-2"), 70'00);
  const auto& columns = *member_array(report, "columns");
  ASSERT_EQ(columns.size(), 7U);
  EXPECT_EQ(text_in(columns[6], "field"), "balance");
  EXPECT_EQ((*member_array(columns[0], "samples"))[0].as_string(), "Luis");
  EXPECT_EQ(text_in(*member(report, "read_as"), "delimiter"), ";");
  // Another file is another matter; and what is remembered can be left out, and is forgotten when
  // that is applied.
  EXPECT_FALSE(member(run("Cliente;Documento;Celular;Factura;Vence;Valor\nEva;10.000.003;+"
                          "573000000003;F-3;24/11/2026;1,00\n",
                          {}),
                      "remembered")
                   ->get_bool());
  run(next, {.anew = true});
  EXPECT_FALSE(member(run(next, {.dry_run = true}), "remembered")->get_bool());
}

// The ERP writes the same report as CSV one month and as XLSX the next.
TEST_F(ImportJobTest, AMappingHoldsForTheTextFileAndForTheWorkbookOfOneReport) {
  const std::string path = folder_ + "/cartera.xlsx";
  const std::string_view titles[] = {"Cliente", "Documento", "Celular",    "Factura",
                                     "Vence",   "Valor",     "Pendientico"};
  auto table = *sheet::create(path, sheet::Format::Xlsx, titles);
  const Currency pesos = Currency::of("COP");
  const sheet::Cell row[] = {sheet::text("Eva"),
                             sheet::text("10.000.003"),
                             sheet::text("+573000000003"),
                             sheet::text("F-3"),
                             sheet::date(date_of(2026, 11, 24)),
                             sheet::amount({150'00, pesos}),
                             sheet::amount({80'00, pesos})};
  table->add(row);
  ASSERT_TRUE(table->finish());
  const std::string workbook = *read_whole_file(path);

  const std::string of_text =
      text_in(run(kOdd, {.mapping = std::string(kSaid), .dry_run = true}), "mapping");
  ASSERT_TRUE(of_text.contains("delimiter")) << of_text;
  const auto report = run(workbook, {.mapping = of_text});
  EXPECT_EQ(balance("F-3"), 80'00);
  const auto of_workbook = text_in(report, "mapping");
  EXPECT_FALSE(of_workbook.contains("delimiter")) << of_workbook;
  EXPECT_TRUE(member(run(kOdd, {}), "remembered")->get_bool()) << "the workbook's, by its titles";
  EXPECT_EQ(balance("F-1"), 100'00);
}

TEST_F(ImportJobTest, WhatCannotBeReadYetIsToldWithItsColumns) {
  constexpr std::string_view kUnknown =
      "Quien;Cedula;Movil;Papel;Cuanto\nAna;10.000.001;+573000000001;F-1;150,00\n";
  EXPECT_FALSE(run_import_job(*store, *desk, creditor, kUnknown, {.dry_run = true}, now));
  const auto draft = run(kUnknown, {.dry_run = true, .draft = true});
  EXPECT_FALSE(text_in(draft, "trouble").empty());
  EXPECT_EQ(member_int(draft, "rows"), 0);
  EXPECT_EQ(member_array(draft, "columns")->size(), 5U);
  EXPECT_FALSE(run_import_job(*store, *desk, creditor, kUnknown, {.draft = true}, now))
      << "nothing is applied of it";
}

TEST_F(ImportJobTest, AMistypedTitleIsAskedAboutUnlessAnotherColumnIsThat) {
  const auto guesses = [&](std::string_view titles) {
    const auto report =
        run(fmt::format("{}\nAna;10.000.001;+573000000001;F-1;24/11/2026;150,00\n", titles),
            {.dry_run = true, .draft = true});
    std::string all;
    for (const auto& column : *member_array(report, "columns"))
      all += text_in(column, "guess") + ";";
    return all;
  };
  EXPECT_EQ(guesses("Cliente;Documento;Celuar;Factura;Vencimineto;Valor"), ";;phone;;due_on;;");
  EXPECT_EQ(guesses("Cliente;Documento;Celular;Factura;Celuar;Valor"), ";;;;;;");
}

TEST_F(ImportJobTest, ARehearsalTellsWhomItWouldWriteToAndWhen) {
  const std::string file =
      "Cliente;Documento;Celular;Factura;Vence;Valor;Saldo\nAna;10.000.001;+573000000001;F-1;02/11/"
      "2026;150,00;100,00\n"
      "Luis;10.000.002;+573000000002;F-2;20/03/2027;90,00;90,00\n";
  const auto rehearsed = import(file, true);
  const auto* reach = member(rehearsed, "reach");
  ASSERT_TRUE(reach != nullptr && reach->is_object());
  EXPECT_EQ(member_int(*reach, "people"), 1) << "nothing of Luis is due yet";
  EXPECT_EQ(text_in(*reach, "first_at"), "2026-11-24T09:00:00-05:00");
  EXPECT_FALSE(member(*reach, "more")->get_bool());
  const auto& messages = *member_array(*reach, "messages");
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_EQ(text_in(messages[0], "name"), "Ana");
  EXPECT_EQ(text_in(messages[0], "at"), "2026-11-24T09:00:00-05:00");
  EXPECT_TRUE(text_in(messages[0], "text").contains("F-1")) << text_in(messages[0], "text");
  const auto unnamed = run(file, {.consent_instrument = "Contrato",
                                  .confirmed_by = "contract",
                                  .evidence = "Contrato",
                                  .dry_run = true,
                                  .may_read = false});
  EXPECT_EQ(member_int(*member(unnamed, "reach"), "people"), 1);
  EXPECT_TRUE(member_array(*member(unnamed, "reach"), "messages")->empty())
      << "people are not for everybody who may load a file";
  EXPECT_EQ(store->read([&](Tx& tx) { return tx.outbox.count(creditor.id, MessageState::Planned); })
                .value_or(-1),
            0)
      << "a rehearsal leaves nothing";
  now = *parse_rfc3339("2026-11-25T03:00:00Z");  // In the evening.
  EXPECT_EQ(text_in(*member(import(file, true), "reach"), "first_at"), "2026-11-25T08:30:00-05:00");
  EXPECT_TRUE(member(import(file), "reach")->is_null());
}

TEST_F(ImportJobTest, TheLatestAreListedWithWhoLoadedThemAndOneIsUndone) {
  run(kOdd, {.by = "ana", .file_name = "cartera_noviembre.csv"});
  const auto runs = *parse_json(*list_imports_job(*store, desk->settings, creditor, now));
  const auto& list = *member_array(runs, "imports");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(text_in(list[0], "by"), "ana");
  EXPECT_EQ(text_in(list[0], "file_name"), "cartera_noviembre.csv");
  EXPECT_EQ(text_in(list[0], "why_not_undo"), "");
  EXPECT_EQ(text_in(list[0], "undo_until"), "2026-11-25T09:00:00-05:00");
  EXPECT_EQ(member_int(list[0], "blocks_done"), member_int(list[0], "blocks"));
  const auto undone =
      undo_import_job(*store, creditor, text_in(list[0], "id"), R"({"by":"luis"})", now);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(member_int(*parse_json(*undone), "withdrawn"), 1);
  EXPECT_EQ(balance("F-1"), 0);
  EXPECT_EQ(text_in(*parse_json(run_invoice_job(*store, *desk, creditor,
                                                R"({"action":"show","number":"F-1"})", {}, now)
                                    .value_or("{}")),
                    "state"),
            "withdrawn")
      << "nobody paid it";
  EXPECT_EQ(undo_import_job(*store, creditor, "seven", R"({"by":"luis"})", now).error().code,
            ErrorCode::Invalid);
}

// UX-13: what is undone in the first seconds writes to nobody.
TEST_F(ImportJobTest, WhenTheFirstMessageMayLeaveIsToldBeforeAndAfterLoading) {
  const auto first_send = [&](const json::value& told) {
    return parse_rfc3339(text_in(told, "first_send_not_before")).value_or(Instant{0});
  };
  EXPECT_EQ(first_send(run(kOdd, {.dry_run = true})), now + 30 * kSecondMs);
  const auto told = run(kOdd, {.by = "ana", .clock = [&] { return now + 5 * kSecondMs; }});
  EXPECT_EQ(first_send(told), now + 35 * kSecondMs) << "it took five seconds";
  const auto listed = [&](Instant at) {
    return (*member_array(*parse_json(*list_imports_job(*store, desk->settings, creditor, at)),
                          "imports"))[0];
  };
  EXPECT_EQ(first_send(listed(now + 6 * kSecondMs)), now + 35 * kSecondMs);
  EXPECT_TRUE(member(listed(now + 35 * kSecondMs), "first_send_not_before")->is_null());
  EXPECT_TRUE(member(run(kOdd, {.by = "ana"}), "first_send_not_before")->is_null())
      << "the same file changes nothing";
}

TEST_F(ImportJobTest, SavedViewsAreSharedByWhoMayChangeThePortfolio) {
  const access::Principal agent{.role = access::Role::Agent,
                                .rights = access::rights_of(access::Role::Agent),
                                .user_id = 7,
                                .name = "luis"};
  const access::Principal other{.role = access::Role::Agent,
                                .rights = access::rights_of(access::Role::Agent),
                                .user_id = 9,
                                .name = "eva"};
  const access::Principal supervisor{.role = access::Role::Supervisor,
                                     .rights = access::rights_of(access::Role::Supervisor),
                                     .user_id = 8,
                                     .name = "ana"};
  constexpr std::string_view
      kShared = R"({"page":"portfolio","name":"Mora","query":{"age":"60"},"shared":true})",
      kOwn = R"({"page":"portfolio","name":"Mía","query":{"silence":"needs_review"}})";
  EXPECT_EQ(add_saved_view_job(*store, creditor, kShared, agent, now).error().code,
            ErrorCode::Forbidden);
  const auto own = add_saved_view_job(*store, creditor, kOwn, agent, now),
             shared = add_saved_view_job(*store, creditor, kShared, supervisor, now);
  ASSERT_TRUE(own && shared);
  const auto seen = [&](const access::Principal& who) {
    return member_array(*parse_json(*list_saved_views_job(*store, creditor, "portfolio", who)),
                        "views")
        ->size();
  };
  EXPECT_EQ(seen(agent), 2U);
  EXPECT_EQ(seen(other), 1U);
  const std::string shared_id = text_in(*parse_json(*shared), "id"),
                    own_id = text_in(*parse_json(*own), "id");
  EXPECT_EQ(
      change_saved_view_job(*store, creditor, shared_id, R"({"name":"Otra"})", agent).error().code,
      ErrorCode::Forbidden);
  EXPECT_EQ(
      change_saved_view_job(*store, creditor, own_id, R"({"shared":true})", agent).error().code,
      ErrorCode::Forbidden);
  EXPECT_EQ(show_saved_view_job(*store, creditor, own_id, other).error().code, ErrorCode::NotFound)
      << "nobody else's";
  EXPECT_TRUE(change_saved_view_job(*store, creditor, own_id, R"({"name":"Revisar"})", agent));
  EXPECT_TRUE(remove_saved_view_job(*store, creditor, own_id, agent));
  EXPECT_TRUE(remove_saved_view_job(*store, creditor, shared_id, supervisor));
  EXPECT_EQ(seen(agent), 0U);
}

}  // namespace
}  // namespace puntual
