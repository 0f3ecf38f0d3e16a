#pragma once

#include "core/console/orders/Server.h"
#include "ui/widgets/TrendLine.h"

#include <QCoreApplication>

namespace warder {

/// How the numbers on Overview's cards went in the last 24 hours, and how that differs from the 24 hours before. Of what ReadTrends told;
/// pure, GUI thread.
class CardTrends final
{
    Q_DECLARE_TR_FUNCTIONS(warder::CardTrends)
public:
    explicit CardTrends(const QList<TrendView> &halfHours) : m_halfHours(halfHours) {}

    Trend requests() const;
    Trend signIns() const;
    Trend limited() const;
    Trend tokens() const; ///< That the signing key signed.
    Trend sessions() const;
    Trend users() const;

private:
    Trend ofCounts(const QString &name, qint64 TrendView::*count) const;
    Trend ofLevels(const QString &name, std::optional<qint64> TrendView::*level) const;
    /// Did a server run in the 24 hours before?
    bool isDayBeforeKnown() const;
    static QString differenceOf(qint64 now, qint64 before);

    QList<TrendView> m_halfHours;
};

} // namespace warder
