// The page of the demonstration and what it asks for, over HTTP on loopback.
#pragma once

#include "app/worker.h"
#include "cli/demo/stage.h"
#include "http/router.h"

namespace puntual::cli::demo {

// All must outlive the server. Answers that wait for the stage are given on the worker's thread.
void add_routes(http::Router& router, Stage& stage, Worker& worker);
// The payer's page, the doors for webhooks, and the providers themselves behind the same address.
void add_pay_routes(http::Router& router, Stage& stage, Counter& counter, Worker& worker);

}  // namespace puntual::cli::demo
