using System.CommandLine;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Commands;

/// <summary><c>ipmpsc delete</c>: removes a channel with the messages in it.</summary>
internal sealed class DeleteCommand : ToolCommand
{
    private readonly Argument<string> _name = ChannelName.Argument();

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Delete it although it is in use: its senders fail, and its messages are lost.",
    };

    public DeleteCommand() : base(
        "delete", "Delete an unused channel and the messages in it.", "ipmpsc delete quotes")
    {
        Arguments.Add(_name);
        Options.Add(_force);
    }

    protected override ExitCode Run(ParseResult arguments, Terminal terminal, CancellationToken cancellation)
    {
        string name = arguments.GetRequiredValue(_name);
        (string path, long? lost) = ChannelName.Find(name, static name => Content(name));
        if (!TryDelete(name, path, arguments.GetValue(_force)))
        {
            throw new ToolException(ExitCode.NotFound, $"Another process has deleted '{path}' in the meantime.");
        }

        terminal.Done(
            new { deleted = path, bytesLost = lost },
            $"Deleted {Terminal.Plain(path)}{(lost > 0 ? $" with {lost:N0} bytes that were not received" : "")}.");
        return ExitCode.Success;
    }

    /// <summary>False if the channel is gone; the refusal names the tool's own option.</summary>
    private static bool TryDelete(string name, string path, bool force)
    {
        try
        {
            return IpcChannel.Delete(path, force, Trust.Owners);
        }
        catch (ChannelInUseException error)
        {
            throw new ToolException(ExitCode.InUse, error.Message.Replace(
                Segments.ChannelRemover.AdviceWhenInUse,
                $"Stop every participant, or delete it in use: 'ipmpsc delete {name} --force'.",
                StringComparison.Ordinal));
        }
    }

    /// <summary>Bytes in the channel. A damaged channel can be deleted too.</summary>
    private static (string Path, long? Bytes) Content(string name)
    {
        try
        {
            ChannelInfo channel = Trust.Inspect(name);
            return (channel.Path, channel.BytesUsed);
        }
        catch (ChannelCorruptException)
        {
            return (Segments.ChannelPath.Resolve(name), null);
        }
    }
}
