using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace IpMpsc.Tool.CommandLine;

/// <summary>The argument by which most commands name a channel.</summary>
internal static class ChannelName
{
    public static Argument<string> Argument(string what = "The channel") => Prepare(new Argument<string>("NAME")
    {
        Description = $"{what}: a name as in 'ipmpsc list', or the path of its file.",
    });

    /// <summary>A channel that need not be named.</summary>
    public static Argument<string?> Optional(string what) => Prepare(new Argument<string?>("NAME")
    {
        Description = $"{what}.",
        Arity = ArgumentArity.ZeroOrOne,
    });

    /// <summary>Several channels.</summary>
    /// <param name="more">A sentence about them.</param>
    /// <param name="arity">How many.</param>
    public static Argument<string[]> Arguments(string more, ArgumentArity arity) => Prepare(new Argument<string[]>("NAMES")
    {
        Description = $"The channels: names as in 'ipmpsc list', or paths. {more}",
        Arity = arity,
    });

    /// <summary>
    /// Calls a function with a channel. A name that no channel can have is a usage error. If no channel has the name,
    /// the error suggests the nearest one.
    /// </summary>
    public static T Find<T>(string name, Func<string, T> call)
    {
        try
        {
            return call(name);
        }
        catch (ArgumentException error) when (error.ParamName == nameof(name))
        {
            throw new ToolException(ExitCode.Usage, error.Message.Split(" (Parameter")[0]);
        }
        catch (ChannelNotFoundException)
        {
            bool isPath = name.AsSpan().ContainsAny(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
            string directory = isPath ? Path.GetDirectoryName(Path.GetFullPath(name))! : IpcChannel.RuntimeDirectory;
            string? nearest = Nearest.To(Path.GetFileName(name), NamesIn(directory));
            string? suggestion = nearest is null || !isPath ? nearest : Path.Join(Path.GetDirectoryName(name), nearest);
            throw new ToolException(
                ExitCode.NotFound,
                $"There is no channel '{Path.GetFileName(name)}' in '{directory}'.{Nearest.Hint(suggestion)}",
                ("suggestion", suggestion));
        }
    }

    /// <summary>Names of the files in a directory that may be channels.</summary>
    public static IEnumerable<string> NamesIn(string directory) =>
        from path in Directory.EnumerateFiles(directory)
        let name = Path.GetFileName(path)
        where !name.StartsWith('.')
        orderby name
        select name;

    /// <summary>Completes an argument with the names of channels, and refuses what looks like an option.</summary>
    public static T Prepare<T>(T argument) where T : Argument
    {
        argument.Validators.Add(static result =>
        {
            foreach (Token token in result.Tokens.Where(static token => token.Value.StartsWith('-')))
            {
                result.AddError($"There is no option '{token.Value}'. To name a channel like that, write './{token.Value}' in its directory.");
            }
        });
        argument.HelpName = argument.Name; // The help would list every channel otherwise.
        argument.CompletionSources.Add(static _ => Known().Select(static name => new CompletionItem(name)));
        return argument;
    }

    private static IEnumerable<string> Known()
    {
        try
        {
            return NamesIn(IpcChannel.RuntimeDirectory);
        }
        catch (ChannelException)
        {
            return []; // A completion shows no errors.
        }
    }
}
