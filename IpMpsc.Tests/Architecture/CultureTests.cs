using System.Globalization;
using System.Text.RegularExpressions;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Architecture;

/// <summary>Numbers in error messages have the same form in every culture.</summary>
public sealed partial class CultureTests : ChannelFixture
{
    /// <summary>Groups digits with a separator that no real culture uses.</summary>
    private static CultureInfo Strange
    {
        get
        {
            CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberGroupSeparator = "@";
            culture.NumberFormat.NegativeSign = "~";
            return culture;
        }
    }

    [Test]
    public void ErrorsDoNotDependOnTheCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Strange;
        try
        {
            using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 });
            using ByteSender sender = ByteSender.Open(ChannelPath);
            Failure.Of(() => sender.Send(new byte[5000])).Expect<MessageTooLargeException>("5,000", "4,080");
            Failure.Of(() => ByteSender.Open(ChannelPath, new IpcChannelOptions { Capacity = 8192 })).Expect<ChannelMismatchException>("4,096", "8,192");
            long odd = 5000;
            Failure.Of(() => new IpcChannelOptions { Capacity = odd }).Expect<ArgumentOutOfRangeException>("8,192");
            File.WriteAllText(Directory["short"], new string('x', 1234));
            Failure.Of(() => ByteSender.Open(Directory["short"])).Expect<ChannelMismatchException>("1,234");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>A grouped number stands in a text with an explicit culture, or in a fault, whose text is always invariant.</summary>
    [Test]
    public void GroupedNumbersHaveACulture()
    {
        string[] wrong =
        [
            .. from file in System.IO.Directory.EnumerateFiles(Path.Join(Documentation.Repository.Root, "IpMpsc.Runtime"), "*.cs", SearchOption.AllDirectories)
               where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}")
               from Match statement in Statement().Matches(File.ReadAllText(file))
               where statement.Value.Contains(":N0}") && !statement.Value.Contains("Invariant") && !statement.Value.Contains("Fault") && !statement.Value.Contains(" Text(")
               select $"{Path.GetFileName(file)}: {statement.Value.Trim()}",
        ];
        Assert.That(wrong, Is.Empty);
    }

    [GeneratedRegex(@".*?;\r?\n", RegexOptions.Singleline)]
    private static partial Regex Statement();
}
