using System.CommandLine;
using System.Globalization;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Exporting;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc export</c>: metrics for Prometheus.</summary>
internal sealed class ExportCommand : ToolCommand
{
    private const string Listen = "--listen";

    private readonly Argument<string[]> _names = ChannelName.Arguments(
        "The default is every channel in the runtime directory, except temporary ones.", ArgumentArity.ZeroOrMore);

    private readonly Option<string> _listen = new(Listen)
    {
        Description = "Where to listen: a port of this machine, or ADDRESS:PORT; *:PORT for all addresses.",
        HelpName = "ADDRESS",
        DefaultValueFactory = static _ => "127.0.0.1:9464",
    };

    private readonly Option<bool> _once = new("--once") { Description = "Print the metrics once and serve nothing." };
    private readonly Option<bool> _dashboard = new("--dashboard") { Description = "Print a dashboard to import in Grafana." };
    private readonly Option<bool> _alerts = new("--alerts") { Description = "Print alert rules for Prometheus." };

    public ExportCommand() : base(
        "export",
        "Serve the metrics of channels to Prometheus at http://ADDRESS/metrics until Ctrl-C.",
        "ipmpsc export --listen 9464")
    {
        Arguments.Add(_names);
        Options.Add(_listen);
        Options.Add(_once);
        Options.Add(_dashboard);
        Options.Add(_alerts);
        _listen.Validators.Add(static option =>
        {
            if (option.Tokens is [var token] && !TryParse(token.Value, out _, out _))
            {
                option.AddError($"'{token.Value}' for {Listen} is not an address: write a port from 1 to 65535, or ADDRESS:PORT.");
            }
        });
        Validators.Add(result =>
        {
            if (new[] { _once, _dashboard, _alerts }.Count(result.GetValue) > 1)
            {
                result.AddError("Choose one of --once, --dashboard and --alerts.");
            }
        });
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        if (arguments.GetValue(_dashboard) || arguments.GetValue(_alerts))
        {
            Print(terminal, EmbeddedFile.Read(arguments.GetValue(_dashboard) ? "dashboard.json" : "alerts.yml"));
            return ExitCode.Success;
        }

        using MetricsSource source = new(arguments.GetValue(_names) ?? []);
        if (arguments.GetValue(_once))
        {
            string metrics = source.Read();
            if (source.IsUndecided)
            {
                cancellation.WaitHandle.WaitOne(ChannelJudge.StallTime);
                metrics = source.Read();
            }

            Print(terminal, metrics);
            return ExitCode.Success;
        }

        TryParse(arguments.GetRequiredValue(_listen), out string host, out int port);
        using MetricsServer server = new(host, port, source.Read);
        string url = $"http://{(host == "*" ? "localhost" : host)}:{port}/metrics";
        terminal.Done(new { url }, $"Serving {Terminal.Plain(url)} until Ctrl-C.");
        server.Run(cancellation);
        return ExitCode.Success;
    }

    private static void Print(Terminal terminal, string text)
    {
        if (terminal.IsJson)
        {
            Terminal.Json(new { text });
        }
        else
        {
            Console.Out.Write(text);
        }
    }

    private static bool TryParse(string text, out string host, out int port)
    {
        int colon = text.LastIndexOf(':');
        host = colon < 0 ? "127.0.0.1" : text[..colon];
        return int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is >= 1 and <= ushort.MaxValue
            && host.Length > 0;
    }
}
