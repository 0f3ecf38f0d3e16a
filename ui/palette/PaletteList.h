#pragma once

#include <QListView>

namespace warder {

/// The lines of the palette of commands, as many as have room. The keyboard stays in the field above it. GUI thread.
class PaletteList final : public QListView
{
    Q_OBJECT
public:
    static constexpr int mostRows = 12;

    explicit PaletteList(QWidget *parent);

    /// -1: none.
    int currentRow() const { return currentIndex().row(); }
    /// Goes on from the last line with the first, and the other way round.
    void step(int lines);
    /// No further than the ends.
    void stepByPage(int direction);
    void setCurrentRow(int row);
    /// Height for the rows of the model.
    void fitRows();

private:
    void applyPalette();
};

} // namespace warder
