namespace Exploring.Engine;

/// <summary>A process of a run: threads that die together, and locks that the kernel drops at their death.</summary>
internal sealed class VirtualProcess(int index, string name)
{
    public int Index { get; } = index;

    public string Name { get; } = name;

    /// <summary>Whether it was killed or stopped, so that none of its threads runs.</summary>
    public bool IsInterrupted { get; set; }

    /// <summary>Whether it is dead, so that the kernel has dropped its locks. A stopped one keeps them.</summary>
    public bool IsDead { get; set; }

    /// <summary>The library's wait loops, while another process is running.</summary>
    public IpMpsc.Waiting.WaitLoop[] Loops { get; set; } = [];

    /// <summary>Its open files.</summary>
    public List<Host.VirtualFile> Files { get; } = [];
}
