using System.Globalization;
using System.Runtime.InteropServices;

namespace IpMpsc.Platform.Unix;

/// <summary>The users and groups of a Unix system, by name or by number.</summary>
internal static unsafe partial class Accounts
{
    private const int BufferSize = 1 << 16;
    private const int MostGroups = 4096;

    /// <summary>The number of a user; null if there is none of that name. A number need not have a name.</summary>
    public static uint? FindUser(string user)
    {
        if (uint.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            return number;
        }

        byte[] buffer = new byte[BufferSize];
        fixed (byte* start = buffer)
        {
            UserEntry entry;
            UserEntry* found;
            return FindUserByName(user, &entry, start, BufferSize, &found) == 0 && found != null ? found->User : null;
        }
    }

    /// <summary>The number of a group; null if there is none of that name. A number need not have a name.</summary>
    public static uint? FindGroup(string group)
    {
        if (uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            return number;
        }

        byte[] buffer = new byte[BufferSize];
        fixed (byte* start = buffer)
        {
            GroupEntry entry;
            GroupEntry* found;
            return FindGroupByName(group, &entry, start, BufferSize, &found) == 0 && found != null ? found->Group : null;
        }
    }

    /// <summary>The name of a user, or its number if it has no name.</summary>
    public static string NameOfUser(uint user)
    {
        byte[] buffer = new byte[BufferSize];
        fixed (byte* start = buffer)
        {
            UserEntry entry;
            UserEntry* found;
            return FindUserByNumber(user, &entry, start, BufferSize, &found) == 0 && found != null
                ? Marshal.PtrToStringUTF8((nint)found->Name)!
                : user.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The name of a group, or its number if it has no name.</summary>
    public static string NameOfGroup(uint group)
    {
        byte[] buffer = new byte[BufferSize];
        fixed (byte* start = buffer)
        {
            GroupEntry entry;
            GroupEntry* found;
            return FindGroupByNumber(group, &entry, start, BufferSize, &found) == 0 && found != null
                ? Marshal.PtrToStringUTF8((nint)found->Name)!
                : group.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Whether the system's account data count a user among the members of a group.</summary>
    public static bool IsMember(uint user, uint group)
    {
        byte[] buffer = new byte[BufferSize];
        fixed (byte* start = buffer)
        {
            UserEntry entry;
            UserEntry* found;
            if (FindUserByNumber(user, &entry, start, BufferSize, &found) != 0 || found == null)
            {
                return false;
            }

            uint[] groups = new uint[MostGroups];
            int count = MostGroups;
            fixed (uint* first = groups)
            {
                return ListGroups(found->Name, found->Group, first, &count) >= 0 && groups.AsSpan(0, count).Contains(group);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FindUserByName(string name, UserEntry* entry, byte* buffer, nuint size, UserEntry** found);

    [LibraryImport("libc", EntryPoint = "getpwuid_r")]
    private static partial int FindUserByNumber(uint user, UserEntry* entry, byte* buffer, nuint size, UserEntry** found);

    [LibraryImport("libc", EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FindGroupByName(string name, GroupEntry* entry, byte* buffer, nuint size, GroupEntry** found);

    [LibraryImport("libc", EntryPoint = "getgrgid_r")]
    private static partial int FindGroupByNumber(uint group, GroupEntry* entry, byte* buffer, nuint size, GroupEntry** found);

    [LibraryImport("libc", EntryPoint = "getgrouplist")]
    private static partial int ListGroups(byte* user, uint group, uint* groups, int* count);

    /// <summary>The beginning of struct passwd, which every system has; the rest, which differs, is left room for.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct UserEntry
    {
        public byte* Name;
        public byte* Password;
        public uint User;
        public uint Group;
    }

    /// <summary>struct group.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct GroupEntry
    {
        public byte* Name;
        public byte* Password;
        public uint Group;
        public byte** Members;
    }
}
