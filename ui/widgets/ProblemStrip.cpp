#include "ui/widgets/ProblemStrip.h"

#include "core/base/Clock.h"
#include "ui/support/Space.h"
#include "ui/widgets/ProblemRow.h"

#include <QAccessible>
#include <QPushButton>
#include <QVBoxLayout>

namespace warder {

namespace {

constexpr qsizetype mostRows = 3; // more would leave a small window no page
constexpr Seconds saidAgainAfter {60};

} // namespace

ProblemStrip::ProblemStrip(QWidget *parent) : QWidget(parent), m_column(new QVBoxLayout(this)), m_more(new QPushButton(this))
{
    m_column->setContentsMargins(Space::large, Space::small, Space::large, 0);
    m_column->setSpacing(Space::small);
    m_more->setFlat(true);
    m_column->addWidget(m_more, 0, Qt::AlignLeft);
    //: Name, for screen readers, of the rows that say what is wrong.
    setAccessibleName(tr("Problems"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_isExpanded = !m_isExpanded;
        arrange();
    });
    hide();
}

void ProblemStrip::present(const QString &source, const QList<WindowProblem> &problems)
{
    const QList<Shown> before = m_problems;
    m_problems.removeIf([&source](const Shown &each) { return each.key.startsWith(source + u'/'); });
    for (const WindowProblem &problem : problems) {
        const Shown shown {.key = source + u'/' + problem.id, .problem = problem};
        m_problems.append(shown);
        if (!std::ranges::contains(before, shown.key, &Shown::key))
            announce(shown);
    }
    m_dismissed.removeIf([this](const auto &entry) {
        return std::ranges::none_of(m_problems,
                                    [&entry](const Shown &each) { return each.key == entry.key() && each.problem.text == entry.value(); });
    });
    std::ranges::stable_sort(m_problems, std::greater {}, [](const Shown &each) { return each.problem.tone; });
    arrange();
}

void ProblemStrip::bringBack(const QString &source)
{
    m_dismissed.removeIf([&source](const auto &entry) { return entry.key().startsWith(source + u'/'); });
    arrange();
}

QList<ProblemStrip::Shown> ProblemStrip::standing() const
{
    QList<Shown> shown = m_problems;
    shown.removeIf([this](const Shown &each) { return m_dismissed.contains(each.key); });
    return shown;
}

bool ProblemStrip::dismissFirst()
{
    const QList<Shown> shown = standing();
    if (shown.isEmpty())
        return false;
    dismiss(shown.first().key);
    return true;
}

void ProblemStrip::arrange()
{
    const QList<Shown> shown = standing();
    const qsizetype hidden = qMax<qsizetype>(0, shown.size() - mostRows);
    QHash<QString, ProblemRow *> leaving = std::exchange(m_rows, {});
    for (qsizetype i = 0; i < shown.size() - (m_isExpanded ? 0 : hidden); ++i) {
        const QString key = shown[i].key;
        ProblemRow *row = leaving.take(key);
        if (!row) {
            row = new ProblemRow(this);
            connect(row, &ProblemRow::dismissed, this, [this, key] { dismiss(key); });
        }
        row->present(shown[i].problem);
        if (m_column->indexOf(row) != i)
            m_column->insertWidget(int(i), row);
        row->show();
        m_rows.insert(key, row);
    }
    for (ProblemRow *row : std::as_const(leaving)) {
        row->hide();
        row->deleteLater(); // its own button may have asked for it
    }
    m_more->setText(m_isExpanded ? /*: Button below the problems: hides all but the first. */ tr("Show fewer")
                                 : /*: Button below the problems: shows those that found no room. */ tr("%Ln more…", nullptr, int(hidden)));
    m_more->setVisible(hidden > 0);
    setVisible(!shown.isEmpty());
}

void ProblemStrip::dismiss(const QString &key)
{
    for (const Shown &each : std::as_const(m_problems)) {
        if (each.key == key)
            m_dismissed.insert(key, each.problem.text);
    }
    arrange();
}

void ProblemStrip::announce(const Shown &shown)
{
    if (m_silent.contains(shown.key) && !m_silent[shown.key].hasExpired())
        return; // what comes and goes is not said each time
    m_silent[shown.key] = QDeadlineTimer(saidAgainAfter);
    QAccessibleAnnouncementEvent heard(this, shown.problem.text);
    heard.setPoliteness(shown.problem.tone == Tone::Bad ? QAccessible::AnnouncementPoliteness::Assertive
                                                        : QAccessible::AnnouncementPoliteness::Polite);
    QAccessible::updateAccessibility(&heard);
}

} // namespace warder
