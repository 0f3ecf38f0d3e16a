#pragma once

#include <QFuture>
#include <QList>
#include <QString>

#include <functional>

namespace warder {

/// One of what narrows a list: a part of its filter, or a choice beside it.
struct Narrowing
{
    QString without = {};            ///< On a button, which has the list without it: "Without “state:live”".
    std::function<void()> drop = {}; ///< Asks for the list without it.
};

/// All that narrows a list.
struct Narrowings
{
    /// How many rows there would be without each part, in their order; none of them where nobody knows.
    using Take = std::function<void(const QList<qint64> &numbers)>;

    QList<Narrowing> parts = {};
    /// Asks that, in one question, whose future is to be cancelled by whoever does not want to know any more.
    std::function<QFuture<void>(const Take &take)> count = {};
};

} // namespace warder
