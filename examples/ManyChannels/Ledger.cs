namespace IpMpsc.Examples.ManyChannels;

/// <summary>What arrived on one channel.</summary>
internal sealed class Ledger
{
    public long Count { get; private set; }

    public bool IsInOrder { get; private set; } = true;

    public void Note(long number) => IsInOrder &= number == Count++;
}
