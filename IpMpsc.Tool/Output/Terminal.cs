using System.Text;
using IpMpsc.Judging;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace IpMpsc.Tool.Output;

/// <summary>Where commands write: for people on a terminal, for people who read a file later, or for programs.</summary>
internal sealed class Terminal
{
    /// <summary>Wide enough that nothing is ever wrapped in a file or a pipe.</summary>
    public const int WidthOfFile = 1000;

    public Terminal(bool json)
    {
        IsJson = json;
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        bool isColourless = !IsInteractive || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        Screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isColourless ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = IsInteractive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!IsInteractive)
        {
            Screen.Profile.Width = WidthOfFile;
        }
    }

    /// <summary>Whether a program reads the output.</summary>
    public bool IsJson { get; }

    /// <summary>Whether a person watches the output live.</summary>
    public static bool IsInteractive => !Console.IsOutputRedirected;

    /// <summary>Tables, colours and animations.</summary>
    public IAnsiConsole Screen { get; }

    /// <summary>A table, with borders on a terminal only.</summary>
    public static Table NewTable(params IEnumerable<string> columns)
    {
        Table table = new() { Border = IsInteractive ? TableBorder.Rounded : TableBorder.None };
        foreach (string column in columns)
        {
            bool isNumber = column.StartsWith('>');
            table.AddColumn(
                new TableColumn(Markup.Escape(column.TrimStart('>'))) { NoWrap = true, Alignment = isNumber ? Justify.Right : Justify.Left });
        }

        return table;
    }

    /// <summary>The drawing as plain text; without a width it is not wrapped.</summary>
    public static string TextOf(IRenderable drawing, int width = WidthOfFile)
    {
        using StringWriter text = new();
        IAnsiConsole paper = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        paper.Profile.Width = width;
        paper.Write(drawing);
        return text.ToString();
    }

    /// <summary>Foreign text for a cell or a line: without markup and without control characters.</summary>
    public static string Plain(string text) => Markup.Escape(Clean(text));

    /// <summary>Foreign text without control characters.</summary>
    public static string Clean(string text) => Wording.Clean(text);

    /// <summary>Writes a line with markup; foreign text in it must be <see cref="Plain"/>.</summary>
    public void Line(string markup = "") => Screen.MarkupLine(markup);

    /// <summary>Reports success: a document for programs, a line for people.</summary>
    public void Done(object document, string markup)
    {
        if (IsJson)
        {
            Json(document);
        }
        else
        {
            Line(markup);
        }
    }

    /// <summary>Writes a document for a program.</summary>
    public static void Json(object value) => Console.Out.WriteLine(JsonText.Of(value));
}
