#pragma once

#include <QHashFunctions>
#include <QString>

namespace warder {

/// Two words that say together who is meant: a rule and a key of it, or an address and an account.
struct LimitedName
{
    QString rule;
    QString key;

    bool operator==(const LimitedName &) const = default;
};

/// With a seed that nobody knows: strangers choose what is hashed.
struct LimitedNameHash
{
    size_t operator()(const LimitedName &name) const { return qHashMulti(QHashSeed::globalSeed(), name.rule, name.key); }
    size_t operator()(const QString &name) const { return qHash(name, QHashSeed::globalSeed()); }
};

} // namespace warder
