#pragma once

#include <QHeaderView>

namespace warder {

/// The header of a table without boxes: quiet titles over a hairline, the sorted one marked.
class FlatHeader final : public QHeaderView
{
    Q_OBJECT
public:
    explicit FlatHeader(QWidget *parent);

    QSize sizeHint() const override;

protected:
    QSize sectionSizeFromContents(int logicalIndex) const override;
    void paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
};

} // namespace warder
