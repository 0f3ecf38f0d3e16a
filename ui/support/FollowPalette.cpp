#include "ui/support/FollowPalette.h"

#include "ui/support/Tone.h"

#include <QEvent>
#include <QScopedValueRollback>
#include <QWidget>

namespace warder {
namespace {

class PaletteFollower final : public QObject
{
public:
    PaletteFollower(QWidget *widget, std::function<void()> apply) : QObject(widget), m_apply(std::move(apply))
    {
        follow();
        widget->installEventFilter(this);
    }

    bool eventFilter(QObject *, QEvent *event) override
    {
        switch (event->type()) {
        case QEvent::Polish:
        case QEvent::PaletteChange:
        case QEvent::FontChange:
        case QEvent::DevicePixelRatioChange: follow(); break;
        default:                             break;
        }
        return false;
    }

private:
    void follow()
    {
        if (m_applying)
            return;
        const QScopedValueRollback applying(m_applying, true);
        m_apply();
    }

    std::function<void()> m_apply;
    bool m_applying = false;
};

} // namespace

void followPalette(QWidget *widget, std::function<void()> apply) { new PaletteFollower(widget, std::move(apply)); }

void keepReadable(QWidget *widget)
{
    followPalette(widget, [widget] {
        QPalette own;
        makeReadable(own, widget->parentWidget()->palette());
        widget->setPalette(own);
    });
}

} // namespace warder
