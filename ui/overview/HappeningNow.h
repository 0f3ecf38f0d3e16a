#pragma once

#include "core/console/orders/Activity.h"
#include "core/console/orders/Changes.h"
#include "ui/PageContext.h"
#include "ui/widgets/Panel.h"

class QLabel;

namespace warder {

class ElidedLabel;
class StateDot;

/// The newest records of who did what, a line each, as many as there is room for, and the way to all of them. Reads them when it was told
/// that there are new ones, at most once a second; while nothing happens it asks nobody. GUI thread.
class HappeningNow final : public Panel
{
    Q_OBJECT
public:
    static constexpr int mostLines = 8;

    HappeningNow(const PageContext &context, QWidget *parent);

    /// Asks for them now, whether or not there is news.
    void read();
    void apply(const QList<Change> &changes);
    /// To be called once a second while the page is in view.
    void everySecond();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void goTo(const QString &pageKey, const warder::PageFilter &filter);

private:
    struct Line
    {
        QWidget *all;
        QLabel *when;
        StateDot *dot;
        ElidedLabel *what;
    };

    void build();
    void addLine();
    void showRecords();
    void showLine(const Line &line, const ActivityView &record);
    /// Of lines, from the top.
    int room() const;

    PageContext m_context;
    QLabel *m_empty;
    QWidget *m_room; ///< What the lines stand in: lower than all of them where the window is.
    QList<Line> m_lines;
    QList<ActivityView> m_records; ///< Newest first.
    bool m_isRead = false;
    bool m_isOld = false; ///< There are newer records than those.
    bool m_isAsking = false;
};

} // namespace warder
