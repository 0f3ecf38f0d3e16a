#include "ui/widgets/ProblemRow.h"

#include "ui/support/FollowPalette.h"
#include "ui/support/Icons.h"
#include "ui/support/Space.h"
#include "ui/support/SpokenRole.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/CloseButton.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <tuple>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

constexpr qsizetype longestDetail = 2000;
constexpr int longestWord = 40; // less than any page is wide

} // namespace

ProblemRow::ProblemRow(QWidget *parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_text(textLabel({}, this)), m_detail(quietLabel({}, this)), m_more(new QToolButton(this)),
      m_action(new QPushButton(this)), m_lead(new QPushButton(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::medium, Space::small, Space::small, Space::small);
    row->setSpacing(Space::small);
    makeDecoration(m_icon);
    row->addWidget(m_icon);
    auto *words = new QVBoxLayout;
    words->setSpacing(Space::narrow);
    for (QLabel *label : {m_text, m_detail}) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        words->addWidget(label);
    }
    m_detail->setObjectName(u"detail"_s);
    m_detail->hide();
    m_action->setObjectName(u"action"_s);
    m_lead->setObjectName(u"lead"_s);
    QToolButton *close = closeButton(this);
    close->setObjectName(u"dismiss"_s);
    m_more->setObjectName(u"details"_s);
    row->addLayout(words, 1);
    //: Button beside a problem: shows its particulars.
    m_more->setText(tr("Details"));
    m_more->setCheckable(true);
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::StrongFocus);
    for (QWidget *button : std::initializer_list<QWidget *> {m_more, m_action, m_lead, close})
        row->addWidget(button);
    connect(m_more, &QToolButton::toggled, m_detail, &QLabel::setVisible);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (const auto act = m_problem.onAction)
            act();
    });
    connect(m_lead, &QPushButton::clicked, this, [this] {
        if (const auto lead = m_problem.onLead)
            lead();
    });
    connect(close, &QToolButton::clicked, this, &ProblemRow::dismissed);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    followPalette(this, [this] { applyPalette(); });
}

void ProblemRow::present(const WindowProblem &problem)
{
    const auto shown = [](const WindowProblem &each) { return std::tie(each.tone, each.text, each.detail, each.action, each.lead); };
    const bool same = shown(m_problem) == shown(problem);
    m_problem = problem;
    if (same)
        return; // told again each second: nothing moves, and no screen reader hears it
    m_text->setText(UiTexts::breakable(problem.text, longestWord));
    const QString detail = UiTexts::breakable(problem.detail.left(longestDetail), longestWord);
    m_detail->setText(detail);
    const bool hasDetail = !detail.isEmpty() && !problem.text.contains(problem.detail, Qt::CaseInsensitive);
    m_more->setVisible(hasDetail);
    m_detail->setVisible(hasDetail && m_more->isChecked());
    m_action->setText(problem.action);
    m_action->setVisible(!problem.action.isEmpty());
    m_lead->setText(problem.lead);
    m_lead->setVisible(!problem.lead.isEmpty());
    setAccessibleName(problem.text);
    //: Name, for screen readers, of a button that shows particulars; %1 is the problem.
    m_more->setAccessibleName(tr("Details: %1").arg(problem.text));
    applyPalette();
}

void ProblemRow::applyPalette()
{
    const QString name = m_problem.tone == Tone::Bad ? u"down"_s : m_problem.tone == Tone::Warning ? u"alert"_s : u"info"_s;
    m_icon->setPixmap(icon(name, colourOf(m_problem.tone, palette())).pixmap(QSize(18, 18), devicePixelRatioF()));
    update();
}

void ProblemRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT dismissed();
    else
        QFrame::keyPressEvent(event);
}

void ProblemRow::paintEvent(QPaintEvent *) { paintMessage(this, m_problem.tone); }

} // namespace warder
