#pragma once

#include "core/console/orders/Server.h"

#include <QWidget>

namespace warder {

/// What a setting's value is typed or chosen in. Values go in and come out as they would be written in warder.conf; whether one is right is
/// not judged here. GUI thread.
class SettingEditor : public QWidget
{
    Q_OBJECT
public:
    /// The one for a setting of this kind.
    static SettingEditor *make(const SettingView &setting, QWidget *parent);

    virtual QString text() const = 0;
    /// Without edited().
    virtual void setText(const QString &text) = 0;

    /// For screen readers.
    void setName(const QString &name);
    void setRemark(const QString &remark);

Q_SIGNALS:
    /// Somebody typed or chose.
    void edited();

protected:
    explicit SettingEditor(QWidget *parent) : QWidget(parent) {}

    /// The control that has the setting's name, in the layout of the editor already.
    void setMain(QWidget *control);
    /// The wheel scrolls the page and changes nothing by accident.
    void leaveWheelAlone(QWidget *control);
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace warder
