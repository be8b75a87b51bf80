// Answers and events that come from other threads.
#include <boost/asio/post.hpp>

#include "http/connection.h"
#include "http/problem.h"

namespace puntual::http {

void Mailbox::put(Item item) {
  const std::lock_guard lock(mutex_);
  if (io_ == nullptr) return;
  items_.push_back(std::move(item));
  if (scheduled_) return;
  scheduled_ = true;
  asio::post(*io_, [this] { drain(); });  // The loop owns the mailbox until it has closed it.
}

void Mailbox::drain() {
  std::vector<Item> items;
  {
    const std::lock_guard lock(mutex_);
    items.swap(items_);
    scheduled_ = false;
  }
  for (auto& item : items) {
    if (const auto connection = item.connection.lock()) connection->deliver(std::move(item));
  }
}

void Mailbox::close() {
  const std::lock_guard lock(mutex_);
  io_ = nullptr;
  items_.clear();
}

Reply::State::~State() {
  if (!answered_)
    answer(problem(500, "Internal Server Error", "the request was dropped without an answer"));
}

void Reply::State::answer(Response response) {
  if (!answered_.exchange(true)) mailbox_->put({connection_, serial_, std::move(response)});
}

void Reply::operator()(Response response) const { state_->answer(std::move(response)); }

bool EventStream::send(std::string_view event, std::string_view data, std::string_view id) const {
  std::string text;
  text.reserve(data.size() + event.size() + id.size() + 32);
  if (!id.empty()) text.append("id: ").append(id).append("\n");
  if (!event.empty()) text.append("event: ").append(event).append("\n");
  for (;;) {
    const size_t end = data.find('\n');
    text.append("data: ").append(data.substr(0, end)).append("\n");
    if (end == std::string_view::npos) break;
    data.remove_prefix(end + 1);
  }
  text.append("\n");
  return state_->push(text);
}

bool EventStream::is_open() const { return state_->is_open(); }
void EventStream::close() const { state_->end(); }

bool EventStream::State::push(std::string_view text) {
  constexpr size_t kUnreadMax = 1 << 20;
  const std::lock_guard lock(mutex_);
  if (!open_) return false;
  if (pending_.size() + text.size() > kUnreadMax) open_ = false;
  if (open_) pending_.append(text);
  notify();
  return open_;
}

void EventStream::State::end() {
  const std::lock_guard lock(mutex_);
  if (!open_) return;
  open_ = false;
  notify();
}

bool EventStream::State::is_open() {
  const std::lock_guard lock(mutex_);
  return open_;
}

bool EventStream::State::take(std::string& text) {
  const std::lock_guard lock(mutex_);
  notified_ = false;
  text.swap(pending_);
  pending_.clear();
  return open_ || !text.empty();
}

void EventStream::State::notify() {
  if (notified_) return;
  notified_ = true;
  mailbox_->put({connection_, serial_, std::nullopt});
}

}  // namespace puntual::http
