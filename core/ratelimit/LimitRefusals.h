#pragma once

#include "core/base/Result.h"

#include <QList>
#include <QString>

/// Why a rule or a network is not taken as somebody wants it. Pure.
namespace warder::limit_refusals {

/// InvalidInput: the faults, with their words as the detail.
std::unexpected<Error> invalid(const QList<Fault> &faults);

/// Conflict: what is there already is in the way of a member of what is wanted, with a fault at that.
std::unexpected<Error> conflict(const QString &member, const QString &words);

/// NotFound: there is no rule of that name.
std::unexpected<Error> noRule(const QString &name);

} // namespace warder::limit_refusals
