#pragma once

#include <QListWidget>

namespace warder {

/// The pages by icon and name; arrow keys walk them.
class Sidebar final : public QListWidget
{
    Q_OBJECT
public:
    explicit Sidebar(QWidget *parent);

    void add(const QString &iconName, const QString &name);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {sizeHint().width(), 100}; }

private:
    void applyPalette();
};

} // namespace warder
