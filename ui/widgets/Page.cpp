#include "ui/widgets/Page.h"

#include "ui/support/UiTexts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSaveFile>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {

Page::Page(const PageContext &context, const QString &title, const QString &subtitle, QWidget *parent)
    : QWidget(parent), m_context(context), m_title(titleLabel(title, this)), m_actions(new QHBoxLayout), m_body(new QVBoxLayout)
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(24, 18, 24, 16);
    all->setSpacing(12);
    auto *head = new QHBoxLayout;
    head->setSpacing(16);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(quietLabel(subtitle, this));
    head->addLayout(words, 1);
    m_actions->setSpacing(8);
    head->addLayout(m_actions);
    all->addLayout(head);
    m_body->setSpacing(12);
    all->addLayout(m_body, 1);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (now() < std::exchange(m_lastTick, now()))
            refresh();
        everySecond();
    });
}

Page::~Page()
{
    // The children go after this and emit on their way, a table its selection; nobody is there to hear it.
    for (QObject *child : findChildren<QObject *>())
        child->disconnect(this);
}

QString Page::title() const { return m_title->text(); }

void Page::addControl(QWidget *control) { m_actions->addWidget(control, 0, Qt::AlignBottom); }

void Page::answered(const void *question, bool succeeded)
{
    m_question = question;
    if (succeeded)
        endProblem(QString::number(quintptr(question)));
    if (const auto again = m_asked.take(question))
        again();
}

void Page::adopt(DataTable &table)
{
    m_tables += &table;
    table.restoreColumns(m_context.memory);
    table.setExporter([&table] { return table.accessibleName(); }, [this, &table](const QString &file) { save(table, file); });
}

void Page::save(const DataTable &table, const QString &name)
{
    QSaveFile file(name);
    if (file.open(QIODevice::WriteOnly) && file.write(table.asCsv().toUtf8()) >= 0 && file.commit())
        reportWritten(table.model()->rowCount(), name);
    else
        reportNotWritten(name, UiTexts::reason(file.errorString()));
}

void Page::remember()
{
    for (const DataTable *table : std::as_const(m_tables))
        table->rememberColumns(m_context.memory);
}

void Page::showError(const Error &error, const QString &said, const std::function<void()> &again)
{
    putProblem({.id = QString::number(quintptr(m_question)),
                .text = (said + u' ' + UiTexts::of(error)).trimmed(),
                .detail = error.detail,
                .action = again ? /*: Button beside an error: gives the order once more. */ tr("Try again")
                                : /*: Button beside an error: reads the page anew. */ tr("Refresh"),
                .onAction = again ? again : [this] { refresh(); }});
    if (error.ended)
        refresh(); // what is done shows, and what is left
}

void Page::reportWritten(qint64 rows, const QString &file)
{
    endProblem(u"export"_s);
    //: Said after a list was written to a file; %1 is the file.
    Q_EMIT done(tr("Wrote %Ln row(s) to %1.", nullptr, int(rows)).arg(file));
}

void Page::reportNotWritten(const QString &file, const QString &why)
{
    //: A list was not written; %1 is the file. A sentence that says why follows.
    putProblem({.id = u"export"_s, .tone = Tone::Bad, .text = tr("%1 could not be saved.").arg(file) + u' ' + why});
}

void Page::putProblem(const WindowProblem &problem)
{
    m_problems.removeIf([&problem](const WindowProblem &each) { return each.id == problem.id || each.text == problem.text; });
    m_problems.append(problem);
    Q_EMIT problemsChanged();
}

void Page::endProblem(const QString &id)
{
    if (m_problems.removeIf([&id](const WindowProblem &each) { return each.id == id; }) > 0)
        Q_EMIT problemsChanged();
}

void Page::forgetProblems()
{
    m_problems.clear();
    Q_EMIT problemsChanged();
}

void Page::refreshIfShown()
{
    if (m_shownBefore)
        refresh();
}

void Page::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_timer.start(1s);
    if (!m_shownBefore)
        refresh();
    m_shownBefore = true;
}

void Page::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

} // namespace warder
