using System.Text;

namespace IpMpsc.Tool.Tests.Support;

/// <summary>What a terminal shows of the text written to it: characters at their places, without colours.</summary>
internal sealed class VirtualScreen
{
    private const char Escape = '\e';

    private readonly char[][] _rows;
    private readonly StringBuilder _sequence = new();
    private int _row;
    private int _column;

    public VirtualScreen(int columns, int rows)
    {
        _rows = [.. Enumerable.Range(0, rows).Select(_ => Blank(columns))];
    }

    public void Write(ReadOnlySpan<char> text)
    {
        foreach (char letter in text)
        {
            if (_sequence.Length > 0 || letter == Escape)
            {
                Continue(letter);
            }
            else
            {
                Put(letter);
            }
        }
    }

    /// <summary>The rows, without the blanks at their ends and without the empty ones at the bottom.</summary>
    public override string ToString() => string.Join('\n', _rows.Select(row => new string(row).TrimEnd())).TrimEnd('\n');

    private static char[] Blank(int columns) => [.. Enumerable.Repeat(' ', columns)];

    private void Put(char letter)
    {
        switch (letter)
        {
            case '\r':
                _column = 0;
                break;

            case '\n':
                LineFeed();
                break;

            case '\b':
                _column = Math.Max(0, _column - 1);
                break;

            case >= ' ':
                if (_column == _rows[0].Length)
                {
                    _column = 0;
                    LineFeed();
                }

                _rows[_row][_column++] = letter;
                break;
        }
    }

    private void LineFeed()
    {
        if (_row < _rows.Length - 1)
        {
            _row++;
            return;
        }

        Array.Copy(_rows, 1, _rows, 0, _rows.Length - 1);
        _rows[^1] = Blank(_rows[0].Length);
    }

    /// <summary>Collects an escape sequence, and executes it when it is complete.</summary>
    private void Continue(char letter)
    {
        _sequence.Append(letter);
        string sequence = _sequence.ToString();
        bool isControl = sequence is [Escape, '[', ..];
        bool isString = sequence is [Escape, ']', ..];
        bool isComplete = isControl ? sequence.Length > 2 && letter is >= '@' and <= '~'
            : isString ? letter is '\a' || sequence.EndsWith("\e\\", StringComparison.Ordinal)
            : sequence.Length > 1 && letter is not ('[' or ']' or '(');
        if (isComplete)
        {
            _sequence.Clear();
            if (isControl)
            {
                Obey(sequence[2..^1], letter);
            }
        }
    }

    private void Obey(string arguments, char command)
    {
        int[] numbers = [.. arguments.TrimStart('?').Split(';').Select(text => int.TryParse(text, out int number) ? number : 0)];
        int count = Math.Max(1, numbers[0]);
        switch (command)
        {
            case 'A':
                _row = Math.Max(0, _row - count);
                break;

            case 'B':
                _row = Math.Min(_rows.Length - 1, _row + count);
                break;

            case 'C':
                _column = Math.Min(_rows[0].Length - 1, _column + count);
                break;

            case 'D':
                _column = Math.Max(0, _column - count);
                break;

            case 'G':
                _column = Math.Min(_rows[0].Length, count) - 1;
                break;

            case 'H':
                _row = Math.Min(_rows.Length, count) - 1;
                _column = Math.Min(_rows[0].Length, numbers.Length > 1 ? Math.Max(1, numbers[1]) : 1) - 1;
                break;

            case 'J':
                Array.ForEach(_rows[(numbers[0] == 2 ? 0 : _row)..], row => row.AsSpan().Fill(' '));
                break;

            case 'K':
                (numbers[0] == 2 ? _rows[_row].AsSpan() : _rows[_row].AsSpan(_column)).Fill(' ');
                break;
        }
    }
}
