#include "ui/widgets/CopyField.h"

#include "ui/support/Icons.h"
#include "ui/support/Space.h"
#include "ui/support/Tone.h"
#include "ui/support/Type.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Labels.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {

CopyField::CopyField(const QString &what, QWidget *parent)
    : QWidget(parent), m_text(textLabel({}, this)), m_copy(new QToolButton(this)), m_what(what)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::small, Space::narrow, Space::narrow, Space::narrow);
    m_text->setFont(fixedWidth(font()));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(m_text, 1);
    m_copy->setIcon(icon(u"copy"_s));
    m_copy->setAutoRaise(true);
    m_copy->setFocusPolicy(Qt::StrongFocus);
    //: Tool tip of a button; %1 is what it copies ("Address").
    m_copy->setToolTip(tr("Copy: %1").arg(what));
    m_copy->setAccessibleName(m_copy->toolTip());
    row->addWidget(m_copy, 0, Qt::AlignTop);
    connect(m_copy, &QToolButton::clicked, this, &CopyField::copy);
}

void CopyField::setText(const QString &text)
{
    constexpr int longestWord = 30;
    const QString shown = UiTexts::breakable(text, longestWord);
    m_copied = text;
    m_text->setText(shown);
    // Whoever marks a broken text with the mouse would copy the places to break it, too: the button does not.
    m_text->setTextInteractionFlags(shown == text ? Qt::TextSelectableByMouse : Qt::NoTextInteraction);
    if (const QString name = UiTexts::named(m_what, text); m_text->accessibleName() != name) // whoever listens hears of what is new only
        m_text->setAccessibleName(name);
}

QString CopyField::text() const { return m_copied; }

void CopyField::setCopyable(bool copyable) { m_copy->setVisible(copyable); }

void CopyField::copy()
{
    QGuiApplication::clipboard()->setText(m_copied);
    m_copy->setIcon(icon(u"done"_s, colourOf(Tone::Good, palette())));
    QTimer::singleShot(1500ms, this, [this] { m_copy->setIcon(icon(u"copy"_s)); });
}

void CopyField::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(mixed(palette().color(QPalette::WindowText), surface(palette()), 0.05));
    painter.setPen(hairline(palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace warder
