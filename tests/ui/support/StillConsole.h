#pragma once

#include "core/console/Console.h"
#include "core/console/orders/Activity.h"
#include "core/console/orders/Changes.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"

#include <memory>
#include <vector>

namespace warder::test {

/// A server whose work costs the GUI thread nothing: hands out its rows, counts, tells its news once, and leaves all else unanswered.
class StillConsole final : public Console
{
public:
    /// How it hands out its lists.
    enum class Reading {
        InPart, ///< All rows at once, and says that there are more.
        Whole,  ///< All rows at once.
        InPages ///< As many at once as it is asked for.
    };
    explicit StillConsole(Reading reading) : m_reading(reading) {}

    QList<UserView> users;       ///< By address.
    QList<SessionView> sessions; ///< Newest first.
    QList<ActivityView> records; ///< Newest first.
    QList<Change> news;

private:
    void carry(std::unique_ptr<Errand> errand) override;
    bool answersList(Errand &errand) const;
    bool answersCount(Errand &errand) const;
    bool answersNews(Errand &errand);
    template <typename Order, typename Row>
    bool answersList(Errand &errand, const QList<Row> &rows) const;
    qint64 countOf(qsizetype rows) const;

    Reading m_reading;
    int m_asked = 0;
    std::vector<std::unique_ptr<Errand>> m_kept;
};

} // namespace warder::test
