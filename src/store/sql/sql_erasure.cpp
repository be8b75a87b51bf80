#include "store/sql/sql_erasure.h"

namespace puntual::store {

bool Erasure::erase(CreditorId creditor, DebtorId person, Instant now) {
  held_.require(person);
  const Bytes none{""};
  if (db_.run("UPDATE debtor SET profile=$4, known_by=$4, phone_key=NULL, erased_at=$3, "
              "review_at=NULL, silence='erased', silent_until=NULL "
              "WHERE creditor_id=$1 AND id=$2 AND erased_at IS NULL",
              {creditor, person, now, none}) == 0) {
    return false;
  }
  keys_.destroy(creditor, person);
  // The same row again must meet somebody who was erased, not an invoice that is known already.
  db_.run("UPDATE invoice SET told_key=$3 WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person, none});
  db_.run("UPDATE opt_out SET words=$3 WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person, none});
  // Answers are named by the platform's ids, which contain the number; notes may hold anything.
  db_.run("UPDATE address SET reference='', identity_hash='' WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person});
  db_.run("UPDATE case_flag SET note='' WHERE creditor_id=$1 AND debtor_id=$2", {creditor, person});
  db_.run("UPDATE contact_hours_wish SET instrument='' WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person});
  db_.run("UPDATE opt_out SET lifted_by_instrument='' WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person});
  db_.run("UPDATE consent SET instrument='' WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person});
  db_.run("UPDATE payment SET method='' WHERE creditor_id=$1 AND debtor_id=$2", {creditor, person});
  // The page at the provider, and what is posted there, may name them.
  db_.run(
      "UPDATE payment_request SET url='', form='', trouble='' WHERE creditor_id=$1 AND "
      "debtor_id=$2",
      {creditor, person});
  db_.run("UPDATE provider_payment SET method='' WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person});
  db_.run(
      "UPDATE outbox SET state='cancelled', ended_at=$3, reasons='ERASED' WHERE creditor_id=$1 AND "
      "debtor_id=$2 AND state='planned'",
      {creditor, person, now});
  // The platform's message ids contain the person's number.
  db_.run("UPDATE outbox SET platform_id='', salt='' WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person});
  db_.run(
      "UPDATE outbox_content SET content=$3 WHERE creditor_id=$1 AND id IN (SELECT id FROM outbox "
      "WHERE creditor_id=$1 AND debtor_id=$2)",
      {creditor, person, none});
  db_.run(
      "UPDATE conversation_message SET content=$3, context_id='', platform_id='erased:' || id "
      "WHERE creditor_id=$1 AND debtor_id=$2",
      {creditor, person, none});
  db_.run(
      "UPDATE attachment SET state='failed', trouble='erased', source=$3, bytes=$3 WHERE "
      "creditor_id=$1 AND debtor_id=$2",
      {creditor, person, none});
  db_.run("UPDATE dialogue SET state=$3, turn_due_at=NULL WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person, none});
  db_.run(
      "UPDATE last_notice SET why='' WHERE creditor_id=$1 AND invoice_id IN (SELECT id FROM "
      "invoice WHERE creditor_id=$1 AND debtor_id=$2)",
      {creditor, person});
  db_.run("DELETE FROM conversation_label WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person});
  db_.run("UPDATE note SET content=$3 WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person, none});
  db_.run("UPDATE task SET summary=$3 WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person, none});
  db_.run(
      "UPDATE agreement SET words=$3, salt='', state=CASE WHEN state='active' THEN 'cancelled' "
      "ELSE state END, ended_at=COALESCE(ended_at, $4), review_at=NULL "
      "WHERE creditor_id=$1 AND debtor_id=$2",
      {creditor, person, none, now});
  // Without its salt nobody can write the address of the page again. The reference stays: money may
  // still come by it.
  db_.run(
      "UPDATE pay_link SET salt=$4, revoked_at=COALESCE(revoked_at, $3) WHERE creditor_id=$1 AND "
      "debtor_id=$2",
      {creditor, person, now, none});
  db_.run("UPDATE bank_line SET words=$3 WHERE creditor_id=$1 AND debtor_id=$2",
          {creditor, person, none});
  // Those set aside could not be read, so nobody knows whose they are.
  db_.run("UPDATE inbox SET body=$2 WHERE creditor_id=$1 AND state='poison'", {creditor, none});
  return true;
}

}  // namespace puntual::store
