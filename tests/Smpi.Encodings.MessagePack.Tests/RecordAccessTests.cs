using System.Reflection;

namespace Smpi.Tests;

/// <summary>How records are made where no code can be generated at run time.</summary>
public sealed class RecordAccessTests
{
    [Fact]
    public void Records_are_made_and_set_without_generated_code()
    {
        ConstructorInfo constructor = typeof(Point).GetConstructor([typeof(int), typeof(int)])!;
        Assert.Equal(new Point(1, 2), RecordAccess.InvokedCreate<Point>(constructor, 2)([1, 2, null]));
        Assert.Equal(default, RecordAccess.InvokedCreate<Spot>(null, 0)([]));

        var init = new Init { Name = "n" };
        RecordAccess.InvokedSet<Init>(typeof(Init).GetProperty(nameof(Init.Count))!)(ref init, 5);
        Assert.Equal(5, init.Count);
    }

    [Fact]
    public void A_struct_is_set_in_place_without_generated_code()
    {
        var spot = new Spot(1, "a");
        RecordAccess.InvokedSet<Spot>(typeof(Spot).GetProperty(nameof(Spot.X))!)(ref spot, 9);
        Assert.Equal(new Spot(9, "a"), spot);
    }

    [Fact]
    public void What_a_constructor_throws_is_not_wrapped() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RecordAccess.InvokedCreate<Picky>(typeof(Picky).GetConstructors()[0], 1)([77]));
}
