#pragma once

#include "core/console/Console.h"

#include <QJsonValue>

namespace warder {

/// What an errand's order holds, as JSON. Pure; any thread.
QJsonValue orderJson(const Errand &errand);

/// Answers the errand with what that JSON says; with BadRequest where it is no answer to this order. On the errand's thread.
void answerWith(Errand &errand, const QJsonValue &json);

} // namespace warder
