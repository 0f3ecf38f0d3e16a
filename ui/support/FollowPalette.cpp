#include "ui/support/FollowPalette.h"

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
        const auto type = event->type();
        if (type == QEvent::PaletteChange || type == QEvent::FontChange || type == QEvent::Polish)
            follow();
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

} // namespace warder
