using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc completions</c>: a script that teaches a shell the commands, their options and the names of channels.</summary>
internal sealed class CompletionsCommand : ToolCommand
{
    private static readonly Dictionary<string, string> s_scripts = new()
    {
        ["bash"] =
            """
            # ipmpsc completions for bash: eval "$(ipmpsc completions bash)"
            _ipmpsc() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(ipmpsc "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _ipmpsc ipmpsc
            """,
        ["zsh"] =
            """
            # ipmpsc completions for zsh: eval "$(ipmpsc completions zsh)", after compinit
            _ipmpsc() {
                local -a words_to_add
                words_to_add=("${(@f)$(ipmpsc "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -a words_to_add || _files
            }
            compdef _ipmpsc ipmpsc
            """,
        ["fish"] =
            """
            # ipmpsc completions for fish: ipmpsc completions fish | source
            complete -c ipmpsc -a '(ipmpsc "[suggest:"(commandline -C)"]" (commandline -b) 2>/dev/null)'
            """,
        ["pwsh"] =
            """
            # ipmpsc completions for PowerShell: ipmpsc completions pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName ipmpsc -ScriptBlock {
                param($word, $line, $position)
                ipmpsc "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }
            """,
    };

    private readonly Argument<string> _shell = new("SHELL") { Description = $"One of {string.Join(", ", s_scripts.Keys)}." };

    public CompletionsCommand() : base(
        "completions",
        "Print a shell script that completes commands, options and channel names.",
        "eval \"$(ipmpsc completions bash)\"")
    {
        _shell.AcceptOnlyFromAmong([.. s_scripts.Keys]);
        Arguments.Add(_shell);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        string shell = arguments.GetRequiredValue(_shell);
        if (terminal.IsJson)
        {
            Terminal.Json(new { shell, script = s_scripts[shell] });
        }
        else
        {
            Console.Out.WriteLine(s_scripts[shell]);
        }

        return ExitCode.Success;
    }
}
