using Exploring.Engine;
using IpMpsc.Platform;

namespace Exploring.Host;

/// <summary>A file: pages, names, and the holders of its locks.</summary>
internal sealed class VirtualInode(int number)
{
    public int Number { get; } = number;

    public long Length { get; set; }

    public int Mappings { get; set; }

    public HashSet<string> Names { get; } = [];

    public Dictionary<long, VirtualFile> Locks { get; } = [];

    /// <summary>An address that represents the lock of a byte, in a range that no memory uses.</summary>
    public nint LockAddress(long offset) => unchecked((nint)(0x7000_0000_0000_0000 + ((long)Number << 40) + (offset - (1L << 62)) + 16));
}

/// <summary>The files of a run, with their names. Each call is one step.</summary>
internal sealed unsafe class VirtualStore : SegmentStore
{
    /// <summary>Represents all names.</summary>
    private static readonly nint s_names = unchecked((nint)0x7800_0000_0000_0000);

    private readonly Dictionary<string, VirtualInode> _names = [];
    private readonly List<VirtualInode> _inodes = [];
    private readonly List<VirtualFile> _opened = [];

    public override string GetRuntimeDirectory() => "/explored";

    public override SegmentFile? TryCreate(string path, long length, long lockOffset, bool toReplace, GroupAccess access)
    {
        VirtualInode inode = new(_inodes.Count) { Length = length };
        if (inode.Number == SharedMemory.MostFiles || length > SharedMemory.FileSize)
        {
            throw new InvalidOperationException($"A program has {SharedMemory.MostFiles} files of {SharedMemory.FileSize} bytes at most.");
        }

        string? temporary = toReplace ? $"{path}.new{inode.Number}" : null;
        _inodes.Add(inode);
        VirtualFile file = Open(inode, path, temporary);
        inode.Locks[lockOffset] = file;
        if (temporary is not null)
        {
            Name(inode, temporary);
        }

        return file;
    }

    public override SegmentFile Open(string path, long minLength, IReadOnlyList<OwnerRule>? trusted = null)
    {
        Hook.Call(s_names, writes: false, "open");
        return _names.TryGetValue(path, out VirtualInode? inode) ? Open(inode, path, null) : throw NotFound(path);
    }

    public override SegmentFile OpenToRead(string path, long minLength, IReadOnlyList<OwnerRule>? trusted = null) => Open(path, minLength, trusted);

    public override bool TryPublish(SegmentFile file)
    {
        Hook.Call(s_names, writes: true, "link");
        VirtualInode inode = ((VirtualFile)file).Inode;
        return !_names.ContainsKey(file.Path) && Name(inode, file.Path);
    }

    public override bool TryReplace(SegmentFile file)
    {
        Hook.Call(s_names, writes: true, "rename");
        VirtualInode inode = ((VirtualFile)file).Inode;
        Unname(file.Path);
        Unname(file.TemporaryPath!);
        return Name(inode, file.Path);
    }

    public override void DeleteUnlessLocked(string path, long lockOffset)
    {
        // Only for files that a killed creator has left. The explorer's files have no name until they are published.
    }

    public override void Delete(string path)
    {
        Hook.Call(s_names, writes: true, "unlink");
        Unname(path);
    }

    public bool IsNamed(VirtualInode inode, string path)
    {
        Hook.Call(s_names, writes: false, "stat");
        return _names.TryGetValue(path, out VirtualInode? named) && named == inode;
    }

    public bool IsRemoved(VirtualInode inode)
    {
        Hook.Call(s_names, writes: false, "fstat");
        return inode.Names.Count == 0;
    }

    /// <summary>The number of file mappings that processes still have.</summary>
    public static int OpenMappings(Run run) => run.Files._opened.Count(static file => file.IsOpen);

    /// <summary>Whether a file has this name.</summary>
    public static bool IsNamed(Run run, string path) => run.Files._names.ContainsKey(path);

    /// <summary>What the kernel does when a process has died.</summary>
    public void DropLocksOf(VirtualProcess process)
    {
        foreach (VirtualFile file in process.Files)
        {
            file.DropLocks();
        }
    }

    private VirtualFile Open(VirtualInode inode, string path, string? temporary)
    {
        int mapping = ++inode.Mappings;
        if (mapping > SharedMemory.MostMappings)
        {
            throw new InvalidOperationException($"A file of a program has {SharedMemory.MostMappings} mappings at most.");
        }

        SharedMemory.Map(inode.Number, mapping, isMapped: true);
        VirtualFile file = new(inode, mapping, Program.CurrentProcess) { Path = path, TemporaryPath = temporary };
        _opened.Add(file);
        return file;
    }

    private bool Name(VirtualInode inode, string path)
    {
        _names[path] = inode;
        return inode.Names.Add(path);
    }

    private void Unname(string path)
    {
        if (_names.Remove(path, out VirtualInode? inode))
        {
            inode.Names.Remove(path);
        }
    }
}
