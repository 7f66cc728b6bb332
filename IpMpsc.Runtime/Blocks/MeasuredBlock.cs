namespace IpMpsc.Blocks;

/// <summary>The block of messages that are only measured, which reads and writes none of it.</summary>
internal static class MeasuredBlock<TBlock> where TBlock : unmanaged
{
    private static TBlock s_block;

    public static ref TBlock Instance => ref s_block;
}
