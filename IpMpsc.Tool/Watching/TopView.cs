using System.Globalization;
using IpMpsc.Opening;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IpMpsc.Tool.Watching;

/// <summary>What <c>ipmpsc top</c> shows on a terminal, and what its keys do: select, scroll, sort, filter, fold, one channel in detail.</summary>
/// <param name="order">In which order it begins.</param>
/// <param name="isNamed">Whether the channels were named: then none of them is folded.</param>
internal sealed class TopView(TopOrder order, bool isNamed)
{
    /// <summary>Lines of the table that are not channels: title, three lines and a row of headings, keys; and one to spare, so that nothing scrolls.</summary>
    private const int OtherLines = 7;

    private TopOrder _order = order;
    private string _filter = "";
    private bool _isTyping;
    private bool _isUnfolded = isNamed;
    private bool _showsDetails;
    private int _selected;
    private int _first;
    private int _rows = 1;
    private int _count;

    /// <summary>Handles a key.</summary>
    /// <returns>False if it ends the command.</returns>
    public bool Press(ConsoleKeyInfo key)
    {
        if (_isTyping)
        {
            Type(key);
            return true;
        }

        if (key.KeyChar is 'q' or 'Q')
        {
            return false;
        }

        if (key.Key == ConsoleKey.Escape)
        {
            _filter = _showsDetails ? _filter : "";
            _showsDetails = false;
        }
        else if (key.Key == ConsoleKey.Enter)
        {
            _showsDetails = !_showsDetails && _count > 0;
        }
        else if (key.KeyChar == '/' && !_showsDetails)
        {
            _isTyping = true;
            _filter = "";
        }
        else if (key.KeyChar == 's')
        {
            _order = (TopOrder)(((int)_order + 1) % Enum.GetValues<TopOrder>().Length);
            _selected = 0;
        }
        else if (key.KeyChar == 'f')
        {
            _isUnfolded = !_isUnfolded;
        }
        else
        {
            Move(key);
        }

        return true;
    }

    /// <summary>Draws the channels, or the selected one, so that it fits the screen.</summary>
    public IRenderable Draw(IReadOnlyList<(WatchedChannel Watched, ChannelSample Sample)> channels, int width, int height)
    {
        var matching = TopSort.By(_order, [.. channels.Where(channel => channel.Sample.Channel.Name.Contains(_filter, StringComparison.OrdinalIgnoreCase))]);
        var shown = matching.Where(channel => _isUnfolded || !IsFoldable(channel.Sample.Channel)).ToArray();
        _count = shown.Length;
        _rows = Math.Max(1, height - OtherLines);
        _selected = Math.Clamp(_selected, 0, Math.Max(0, _count - 1));
        _first = Math.Clamp(_first, Math.Max(0, _selected - _rows + 1), Math.Min(_selected, Math.Max(0, _count - _rows)));
        if (_showsDetails && _count > 0)
        {
            return TopDetails.Of(shown[_selected].Watched, shown[_selected].Sample, width, height - 1);
        }

        Table table = TopTable.Of([.. shown.Skip(_first).Take(_rows)], width, _selected - _first);
        table.Title = null;
        return new Rows(new Text(Title(channels.Count, matching.Count - _count)), table, new Text(Caption(width)));
    }

    /// <summary>Channels that seldom matter: temporary ones, and those that no process has open and that hold nothing.</summary>
    private static bool IsFoldable(ChannelInfo channel) =>
        ChannelAccess.IsTemporaryName(channel.Name)
        || (channel is { IsReceiverAttached: false, BytesUsed: 0 } && !channel.Senders.Any(static sender => sender.IsAttached));

    private string Title(int count, int folded) => string.Create(
        CultureInfo.InvariantCulture,
        $"ipmpsc top   {DateTime.Now:HH:mm:ss}   {TopTable.Count(count)}{(folded == 0 ? "" : $", {folded:N0} folded")}   q to quit");

    private string Caption(int width)
    {
        string where = _count > _rows ? string.Create(CultureInfo.InvariantCulture, $"{_first + 1}-{_first + _rows} of {_count:N0}   ") : "";
        if (_isTyping)
        {
            return $"filter: {_filter}_   Enter to keep it, Esc to drop it";
        }

        string filter = _filter.Length == 0 ? "/ filter" : $"filter: {_filter}, Esc ends it";
        string keys = $"{where}s sort: {_order.ToString().ToLowerInvariant()}   {filter}   f {(_isUnfolded ? "fold" : "unfold")}   Enter details";
        return keys.Length <= width ? keys : where.TrimEnd();
    }

    private void Type(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Enter:
                _isTyping = false;
                break;
            case ConsoleKey.Escape:
                _isTyping = false;
                _filter = "";
                break;
            case ConsoleKey.Backspace:
                _filter = _filter.Length > 0 ? _filter[..^1] : "";
                break;
            default:
                _filter += char.IsControl(key.KeyChar) ? "" : key.KeyChar.ToString();
                break;
        }

        _selected = 0;
    }

    private void Move(ConsoleKeyInfo key) => _selected = Math.Clamp(
        (key.Key, key.KeyChar) switch
        {
            (ConsoleKey.UpArrow, _) or (_, 'k') => _selected - 1,
            (ConsoleKey.DownArrow, _) or (_, 'j') => _selected + 1,
            (ConsoleKey.PageUp, _) => _selected - _rows,
            (ConsoleKey.PageDown, _) or (_, ' ') => _selected + _rows,
            (ConsoleKey.Home, _) or (_, 'g') => 0,
            (ConsoleKey.End, _) or (_, 'G') => _count - 1,
            _ => _selected,
        },
        0,
        Math.Max(0, _count - 1));
}
