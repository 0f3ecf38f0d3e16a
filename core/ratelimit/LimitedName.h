#pragma once

#include <QHashFunctions>
#include <QString>

namespace warder {

/// A rule and whom it limits, as people read them.
struct LimitedName
{
    QString rule;
    QString key;

    bool operator==(const LimitedName &) const = default;
};

struct LimitedNameHash
{
    size_t operator()(const LimitedName &name) const { return qHashMulti(QHashSeed::globalSeed(), name.rule, name.key); }
};

} // namespace warder
