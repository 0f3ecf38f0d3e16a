#include "ui/widgets/ButtonFocus.h"

#include "ui/support/Tone.h"
#include "ui/widgets/FocusRing.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QPushButton>

namespace warder {
namespace {

constexpr double withinFrame = 2; // pixels, to the middle of the ring
constexpr double radius = 2;

/// What Fusion has behind the words of a default button, at most.
QColor groundOf(const QPalette &palette)
{
    constexpr double accentInDefault = 0.1;
    return mixed(palette.color(QPalette::Highlight), palette.color(QPalette::Button), accentInDefault);
}

/// A style in between would be another one than the desktop's.
class DefaultButtons final : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        auto *button = event->type() == QEvent::Paint ? qobject_cast<QPushButton *>(watched) : nullptr;
        if (!button || !showsFocus(*button))
            return QObject::eventFilter(watched, event);
        watched->event(event); // the ring lies above what the style paints
        paintRing(*button);
        return true;
    }

private:
    /// As styles do: only once somebody uses the keyboard.
    static bool showsFocus(const QPushButton &button)
    {
        return button.isDefault() && button.hasFocus() && button.window()->testAttribute(Qt::WA_KeyboardFocusChange);
    }

    static void paintRing(QPushButton &button)
    {
        QPainter painter(&button);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(focusColour(button.palette(), groundOf(button.palette())), focusThickness));
        painter.drawRoundedRect(QRectF(button.rect()).adjusted(withinFrame, withinFrame, -withinFrame, -withinFrame), radius, radius);
    }
};

} // namespace

void showFocusOfDefaultButtons() { qApp->installEventFilter(new DefaultButtons(qApp)); }

} // namespace warder
