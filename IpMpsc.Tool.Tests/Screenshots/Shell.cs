using IpMpsc.Tests.Support;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Screenshots;

/// <summary>Runs the command lines of a screenshot as a shell would: with quotes, redirected input and output, <c>| head -n N</c> and <c>| grep WORD</c>.</summary>
/// <param name="directory">For files that the commands read and write.</param>
internal sealed class Shell(string directory)
{
    /// <summary>The runtime directory that the documents show.</summary>
    private const string ShownDirectory = "/run/user/1000/ipmpsc";

    public string Run(Screenshot screenshot)
    {
        List<string> lines = [];
        foreach (string prompt in screenshot.Prompts)
        {
            lines.Add($"$ {prompt}");
            string output = Output(prompt, screenshot).Replace(IpcChannel.RuntimeDirectory, ShownDirectory).Replace($"{directory}/", "").TrimEnd('\n');
            lines.AddRange(output.Length == 0 ? [] : output.Split('\n'));
        }

        return string.Join('\n', lines.Select(static line => line.TrimEnd()));
    }

    private string Output(string prompt, Screenshot screenshot)
    {
        string[] stages = prompt.Split(" | ");
        List<string> words = [.. Words(stages[0]).Skip(1)]; // The first one is "ipmpsc".
        string input = TakeRedirection(words, "<") is { } source ? File.ReadAllText(Path.Join(directory, source)) : "";
        string? target = TakeRedirection(words, ">");
        string output = screenshot.Columns > 0 ? OnTerminal(words, screenshot) : InPipe(words, input);
        if (target is not null)
        {
            File.WriteAllText(Path.Join(directory, target), output);
            return "";
        }

        return stages[1..].Aggregate(output, Filter);
    }

    private string InPipe(List<string> words, string input)
    {
        using ToolProcess tool = ToolProcess.StartIn(directory, words);
        ToolResult result = tool.EndWithInput(input);
        return result.Errors + result.Output;
    }

    private static string OnTerminal(List<string> words, Screenshot screenshot)
    {
        using Pseudoterminal terminal = Pseudoterminal.StartIn(screenshot.Columns, [], words);
        if (screenshot.Until.Length > 0)
        {
            terminal.Await(screen => screen.Contains(screenshot.Until), $"'{screenshot.Until}' is shown");
            string seen = terminal.Screen;
            terminal.Type("q");
            terminal.End();
            return seen;
        }

        terminal.End();
        return terminal.Screen;
    }

    private static string Filter(string text, string stage)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        return Words(stage) switch
        {
            ["head", "-n", var count] => string.Join('\n', lines.Take(int.Parse(count))),
            ["grep", var word] => string.Join('\n', lines.Where(line => line.Contains(word))),
            _ => throw new ArgumentException($"Screenshots do not support '{stage}'."),
        };
    }

    private static string? TakeRedirection(List<string> words, string sign)
    {
        int place = words.IndexOf(sign);
        if (place < 0)
        {
            return null;
        }

        string file = words[place + 1];
        words.RemoveRange(place, 2);
        return file;
    }

    private static string[] Words(string line)
    {
        List<string> words = [];
        string word = "";
        bool isQuoted = false, hasWord = false;
        foreach (char letter in line + " ")
        {
            if (letter == '\'')
            {
                isQuoted = !isQuoted;
                hasWord = true;
            }
            else if (letter == ' ' && !isQuoted)
            {
                if (hasWord || word.Length > 0)
                {
                    words.Add(word);
                }

                (word, hasWord) = ("", false);
            }
            else
            {
                word += letter;
            }
        }

        return [.. words];
    }
}
