using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Sends log lines: as structs with a string, which is encoded into the ring, or filled in place.</summary>
internal sealed class LineSender(Job job, bool inPlace) : StreamSender(job)
{
    private ExclusiveSender<LogLine>? _sender;

    public override void Prepare() => _sender = ExclusiveSender<LogLine>.Open(Job.Address, ChannelSetup.Of(default));

    public override void Dispose() => _sender?.Dispose();

    protected override void Send(long first, int count)
    {
        for (long number = first; number < first + count; number++)
        {
            if (inPlace)
            {
                Fill(number);
            }
            else
            {
                _sender!.Send(new LogLine { Number = number, Ticks = number, Level = 2, Text = LogText.Of(number) });
            }
        }
    }

    private void Fill(long number)
    {
        ReadOnlySpan<byte> text = LogText.Utf8Of(number);
        using Claim<LogLine> claim = _sender!.Claim(new LogLine.Sizes { Text = text.Length });
        LogLine.Writer line = claim.Writer;
        line.Number = number;
        line.Ticks = number;
        line.Level = 2;
        text.CopyTo(line.Text);
        claim.Commit();
    }
}
