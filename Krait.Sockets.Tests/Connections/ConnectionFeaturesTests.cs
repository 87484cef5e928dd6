using Krait.Sockets.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Krait.Sockets.Tests.Connections;

/// <summary>The same as those of ASP.NET Core, which serve as the model.</summary>
public sealed class ConnectionFeaturesTests
{
    private static readonly Type[] Keys = [.. typeof(int).Assembly.GetTypes().Where(static type => type.IsEnum).Take(30)];

    [Fact]
    public void They_hold_what_a_feature_collection_holds_after_any_changes()
    {
        var random = new Random(1);
        var (features, model) = (new ConnectionFeatures(), new FeatureCollection());
        for (var i = 0; i < 3000; i++)
        {
            var key = Keys[random.Next(Keys.Length)];
            features[key] = model[key] = random.Next(3) == 0 ? null : i;

            Assert.Equal(model.OrderBy(Name), features.OrderBy(Name));
            Assert.All(Keys, key => Assert.Equal(model[key], features[key]));
        }
    }

    [Fact]
    public void Each_change_changes_the_revision()
    {
        var features = new ConnectionFeatures();
        var revisions = new List<int> { features.Revision };
        foreach (var value in (string?[])["one", "two", null])
        {
            features.Set(value);
            revisions.Add(features.Revision);
        }

        Assert.Equal(revisions.Distinct(), revisions);
        Assert.Null(features.Get<string>());
        Assert.False(features.IsReadOnly);
    }

    [Fact]
    public void A_feature_that_is_taken_away_is_let_go()
    {
        var features = new ConnectionFeatures();
        var gone = AddAndRemove(features);

        GC.Collect();

        Assert.False(gone.IsAlive);
        Assert.Empty(features);
    }

    private static WeakReference AddAndRemove(ConnectionFeatures features)
    {
        var feature = new Version(1, 0);
        features.Set(feature);
        features.Set<Version>(null);
        return new(feature);
    }

    private static string Name(KeyValuePair<Type, object> feature) => feature.Key.FullName!;
}
