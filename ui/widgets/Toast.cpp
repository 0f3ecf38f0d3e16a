#include "ui/widgets/Toast.h"

#include "ui/support/Icons.h"
#include "ui/support/Space.h"
#include "ui/support/SpokenRole.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/CloseButton.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/Panel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

constexpr int fromCorner = 16; // from the corner
constexpr int widest = 460;

} // namespace

Toast::Toast(QWidget *over)
    : QFrame(over), m_icon(new QLabel(this)), m_text(textLabel({}, this)),
      //: Button in a message that something is done: takes it back. The dots say that a question follows.
      m_undo(new QPushButton(tr("Undo…"), this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::medium, Space::small, Space::small, Space::small);
    row->setSpacing(Space::small);
    makeDecoration(m_icon);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    //: Tool tip of a button.
    m_undo->setToolTip(tr("Take it back (Ctrl+Z)"));
    m_undo->setFocusPolicy(Qt::NoFocus); // as for the cross; the keyboard has its own way
    row->addWidget(m_undo, 0, Qt::AlignTop);
    QToolButton *close = closeButton(this);
    close->setFocusPolicy(Qt::NoFocus); // it leaves by itself; a keyboard has nothing to do here
    row->addWidget(close, 0, Qt::AlignTop);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        hide();
        const auto undo = m_onUndo; // which may say something, and so replace itself
        undo();
    });
    over->installEventFilter(this);
    hide();
}

void Toast::showMessage(const QString &text, Milliseconds forHowLong, const std::function<void()> &undo)
{
    m_onUndo = undo;
    m_undo->setVisible(bool(undo));
    m_text->setText(UiTexts::breakable(text, 40));
    m_icon->setPixmap(icon(u"done"_s, colourOf(Tone::Good, palette())).pixmap(QSize(18, 18), devicePixelRatioF()));
    setAccessibleName(text);
    place();
    show();
    raise();
    m_timer.start(forHowLong);
    QAccessibleAnnouncementEvent heard(this, text);
    heard.setPoliteness(QAccessible::AnnouncementPoliteness::Polite);
    QAccessible::updateAccessibility(&heard);
}

QString Toast::text() const { return isHidden() ? QString() : m_text->text(); }

void Toast::place()
{
    const QSize room = parentWidget()->size();
    const int beside = 84 + (m_undo->isHidden() ? 0 : m_undo->sizeHint().width() + 10);
    const int natural = m_text->fontMetrics().horizontalAdvance(m_text->text()) + 8;
    const int textWidth = qMin(natural, qMin(widest, room.width() - 2 * fromCorner) - beside);
    m_text->setFixedWidth(qMax(60, textWidth));
    adjustSize();
    move(room.width() - width() - fromCorner, room.height() - height() - fromCorner);
}

void Toast::enterEvent(QEnterEvent *) { m_timer.stop(); }

void Toast::leaveEvent(QEvent *)
{
    if (isVisible())
        m_timer.start(lasting);
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && !isHidden())
        place();
    return QFrame::eventFilter(watched, event);
}

void Toast::paintEvent(QPaintEvent *) { paintMessage(this, Tone::Good, 0.08, 0.5); }

} // namespace warder
