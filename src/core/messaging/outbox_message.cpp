#include "core/messaging/outbox_message.h"

#include <array>

namespace puntual {
namespace {

constexpr std::array<std::string_view, 12> kStateTexts = {
    "planned", "in_flight", "accepted",  "sent",        "delivered", "read",
    "failed",  "rejected",  "uncertain", "unconfirmed", "cancelled", "expired"};

// How much of the message's way a state proves. A later webhook may only raise it.
int rank_of(MessageState state) {
  switch (state) {
    case MessageState::Sent:
      return 1;
    case MessageState::Failed:
      return 2;  // Failed overrules sent, never delivered.
    case MessageState::Delivered:
      return 3;
    case MessageState::Read:
      return 4;
    default:
      return 0;
  }
}

}  // namespace

std::string_view text_of(MessageState state) { return kStateTexts[static_cast<size_t>(state)]; }

MessageState message_state_of(std::string_view text) {
  for (size_t i = 0; i < kStateTexts.size(); ++i) {
    if (kStateTexts[i] == text) return static_cast<MessageState>(i);
  }
  PUNTUAL_CHECK(!"known message state");
  return MessageState::Planned;
}

bool may_have_left(MessageState state) {
  switch (state) {
    case MessageState::Planned:
    case MessageState::Rejected:
    case MessageState::Cancelled:
    case MessageState::Expired:
      return false;
    default:
      return true;
  }
}

ContactStatus contact_status_of(MessageState state) {
  switch (state) {
    case MessageState::Planned:
    case MessageState::Rejected:
    case MessageState::Cancelled:
    case MessageState::Expired:
      return ContactStatus::Refused;
    case MessageState::Accepted:
      return ContactStatus::Accepted;
    case MessageState::Sent:
      return ContactStatus::Sent;
    case MessageState::Delivered:
      return ContactStatus::Delivered;
    case MessageState::Read:
      return ContactStatus::Read;
    case MessageState::Failed:
      return ContactStatus::Failed;
    case MessageState::InFlight:
    case MessageState::Uncertain:
    case MessageState::Unconfirmed:
      return ContactStatus::Uncertain;
  }
  return ContactStatus::Uncertain;
}

MessageState after_status(MessageState state, std::string_view status) {
  const MessageState reported = status == "sent"                         ? MessageState::Sent
                                : status == "delivered"                  ? MessageState::Delivered
                                : status == "read" || status == "played" ? MessageState::Read
                                : status == "failed"                     ? MessageState::Failed
                                                                         : state;
  return rank_of(reported) > rank_of(state) ? reported : state;
}

}  // namespace puntual
