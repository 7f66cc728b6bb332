namespace IpMpsc.Platform.MacOS;

/// <summary>A wait word on a shared address. The kernel identifies it by its memory, so mappings at different addresses share it.</summary>
internal sealed unsafe class SharedAddressWord(uint* word) : WaitWord(word)
{
    public override void Sleep(uint raised, TimeSpan limit) => SharedAddress.Wait(Address, raised, limit);

    public override void Wake() => SharedAddress.Wake(Address);

    public override void Dispose()
    {
        // The word is part of the mapping; the kernel keeps nothing for it.
    }
}
